#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The kernel to build for: the running one where its headers are, else the
# newest whose headers are installed.
running=$(uname -r)
if [ -e "/lib/modules/$running/build" ]; then
	echo "$running"
	exit
fi
for build in /lib/modules/*/build; do
	[ -e "$build" ] && basename "${build%/build}"
done | sort -V | tail -n 1
