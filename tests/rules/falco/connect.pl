# SPDX-License-Identifier: Apache-2.0
# connect.pl ADDRESS PORT [dup]: TCP, with no module but the core's; dup makes
# the connection standard input, too.
my ($host, $port, $dup) = @ARGV;
socket(S, 2, 1, 6) or die "socket: $!";
connect(S, pack("S n a4 x8", 2, $port, pack("C4", split(/\./, $host)))) or warn "connect: $!";
syscall(33, fileno(S), 0) if $dup;
