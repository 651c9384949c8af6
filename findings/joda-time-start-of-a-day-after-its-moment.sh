#!/bin/sh
# Joda-Time 2.15.1: where a day comes twice because a place changed its side of the date line (Alaska,
# 1867-10-19), withTimeAtStartOfDay of a moment in the first one gives the start of the second: later than the
# moment itself. Expected: no day starts after a moment that belongs to it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mvn -q -B dependency:copy -Dartifact=joda-time:joda-time:2.15.1 -DoutputDirectory="$folder" >/dev/null
cat >"$folder/Seen.java" <<'JAVA'
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;

class Seen {
  public static void main(String[] arguments) {
    var moment = new DateTime(-3225225527000L, DateTimeZone.forID("America/Anchorage"));
    var start = moment.withTimeAtStartOfDay();
    System.out.println(moment + " starts at " + start + ", " + (start.isAfter(moment) ? "after" : "before") + " itself");
  }
}
JAVA
seen=$(java -cp "$folder/joda-time-2.15.1.jar" "$folder/Seen.java")
echo "$seen"
expected='1867-10-19T14:01:37.000+14:00:24 starts at 1867-10-19T00:00:00.000-09:59:36, after itself'
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
