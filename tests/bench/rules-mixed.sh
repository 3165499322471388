#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Instructions of user space per event of a recording, exactly, by kind of event
# and by rules; events per second; what more rules cost. Needs valgrind.
#
#   rules-mixed.sh BENCH FOLDER NAME=RULES[,RULES...]...
#
# BENCH: the program made of mixed.c, BENCH-parts: with -DPARTS; FOLDER: what mixed.sh made for the same sets.
set -eu
[ $# -ge 3 ] || { sed -n 3,9p "$0" >&2; exit 2; }
bench=$1 captures=$2
shift 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

files_of() {
	for path in $(printf %s "${1#*=}" | tr , ' '); do find "$path" -name '*.yaml' | sort; done
}

# What PROGRAM ARG... prints into $dir/said, "cost KIND N" lines into $dir/costs.
profile() {
	valgrind --quiet --tool=callgrind --instr-atstart=no --callgrind-out-file="$dir/out" \
		"$@" >"$dir/said" 2>"$dir/err" || { cat "$dir/err" >&2; exit 1; }
	# The first dump is of loading.
	sed -n 's/^totals: /cost load /p' "$dir/out.1" >"$dir/costs"
	rm "$dir/out.1"
	callgrind_annotate --inclusive=yes --threshold=100 "$dir"/out* |
		sed -n 's/^ *\([0-9,]*\) (.*:\(of_[a-z_]*\)\(\.[a-z0-9.]*\)\{0,1\}\( .*\)\{0,1\}$/\2 \1/p' |
		sed 's/,//g; s/^of_//; s/^/cost /' | sort -u -k2,2 >>"$dir/costs"
	rm "$dir"/out*
}

# What mixed.c prints, and "cost KIND N" lines for its functions: count NAME ARG...
count() {
	name=$1
	shift
	"$bench" "$@" >"$dir/$name.time"
	: >"$dir/$name"
	profile "$bench" "$@"
	cat "$dir/costs" "$dir/said" >>"$dir/$name"
	profile "$bench-parts" "$@"
	grep -E '^cost (parsing|state|rules) ' "$dir/costs" >>"$dir/$name" || [ "$name" = none ]
	sed -n 's/^seconds/time/p' "$dir/$name.time" >>"$dir/$name"
	"$bench" -c "$@" | grep -E '^(predicates|looks) ' >>"$dir/$name"
}

count none "$captures/all.eyas"
names=none
for set; do
	name=${set%%=*}
	names="$names $name"
	# shellcheck disable=SC2046 # lists of names without blanks
	count "$name" "$captures/all.eyas" $(files_of "$set")
	# shellcheck disable=SC2046
	count "seen-$name" "$captures/$name.eyas" $(files_of "$set")
done

echo 'per event of everything that was recorded, by the rules that judge it'
for name in $names; do sed "s/^/$name /" "$dir/$name"; done | awk -v names="$names" '
$2 == "cost" { cost[$1, $3] = $4; next }
{ n[$1, $2] = $3 }
function row(what, kind, per) {
	printf "%-22s", what
	for (i = 1; i <= cols; i++)
		printf " %12.0f", per ? cost[name[i], kind] / (per > 0 ? per : 1) : 0
	print ""
}
function kinds_row(kind) {
	printf "%-12s %9d", kind, n["none", kind]
	for (i = 1; i <= cols; i++)
		printf " %12.0f", n[name[i], kind] ? cost[name[i], kind] / n[name[i], kind] : 0
	print ""
}
END {
	cols = split(names, name)
	printf "%-12s %9s", "", "events"
	for (i = 1; i <= cols; i++) printf " %12s", name[i]
	print ""
	count = split("all selected open open_failed exec fork exit connect accept close " \
		      "read_write stat memory other", list)
	for (k = 1; k <= count; k++) kinds_row(list[k])
	all = n["none", "all"]
	print "of which"
	row("  parsing", "parsing", all)
	row("  state", "state", all)
	row("  rules", "rules", all)
	row("loading", "load", -1)
	printf "%-22s", "events a second"
	for (i = 1; i <= cols; i++) printf " %12.0f", all / n[name[i], "time"]
	printf "\n%-22s", "alerts"
	for (i = 1; i <= cols; i++) printf " %12d", n[name[i], "alerts"]
	printf "\n%-22s", "tests per event"
	for (i = 1; i <= cols; i++) printf " %12.2f", n[name[i], "predicates"] / all
	printf "\n%-22s", "indexes looked at"
	for (i = 1; i <= cols; i++) printf " %12.2f", n[name[i], "looks"] / all
	print ""
}'

echo
echo 'per event of what watching by these rules sees'
for set; do
	name=${set%%=*}
	awk -v name="$name" '
	$1 == "cost" { cost[$2] = $3; next }
	{ n[$1] = $2 }
	END {
		printf "%-12s %9d events, %6.0f each; open %6.0f, open that fails %6.0f, " \
		       "fork + exec + exit %6.0f; tests %.2f\n", name, n["all"], \
		       cost["all"] / n["all"], cost["open"] / n["open"], \
		       cost["open_failed"] / (n["open_failed"] ? n["open_failed"] : 1), \
		       cost["fork"] / n["fork"] + cost["exec"] / n["exec"] + \
		       cost["exit"] / n["exit"], n["predicates"] / n["all"]
	}' "$dir/seen-$name"
done

echo
echo 'the last set of rules several times over, with other names, all that match'
for copies in 1 4 16; do
	# shellcheck disable=SC2046
	count "x$copies" -a -n $copies "$captures/all.eyas" $(files_of "$set")
	awk -v copies=$copies '
	$1 == "cost" { cost[$2] = $3; next }
	{ n[$1] = $2 }
	END { printf "%3dx %8.0f per event, %8.0f per selected one, loading %d\n", copies, \
		cost["all"] / n["all"], cost["selected"] / n["selected"], cost["load"] }' \
		"$dir/x$copies"
done
