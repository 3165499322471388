#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the demo's web server offers: "is this host alive?" It trusts what it is
# asked, so whoever writes ";" into the question gets a shell.
printf 'Content-Type: text/plain\r\n\r\n'
question=$(printf %s "$QUERY_STRING" | /bin/sed 's/+/ /g')
/bin/sh -c "echo asked for $question" 2>&1
