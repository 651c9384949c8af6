#!/bin/sh
# Joda-Time 2.15.1: the standard offset of Africa/Casablanca before 2018 is -1 hour, so that an
# offset of zero counts as summer time and is named so. Expected: 0, as in tzdata and in java.time.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mvn -q -B dependency:copy -Dartifact=joda-time:joda-time:2.15.1 -DoutputDirectory="$folder" >/dev/null
cat >"$folder/Seen.java" <<'JAVA'
import java.time.Instant;
import java.time.ZoneId;
import org.joda.time.DateTimeZone;

class Seen {
  public static void main(String[] arguments) {
    long july = Instant.parse("2016-07-08T12:00:00Z").toEpochMilli(); // within Ramadan: no summer time
    var joda = DateTimeZone.forID("Africa/Casablanca");
    var java = ZoneId.of("Africa/Casablanca").getRules();
    System.out.println("Joda-Time: offset " + joda.getOffset(july) / 3600000 + ", standard offset "
        + joda.getStandardOffset(july) / 3600000 + ", summer time " + !joda.isStandardOffset(july));
    System.out.println("java.time: offset " + java.getOffset(Instant.ofEpochMilli(july)) + ", standard offset "
        + java.getStandardOffset(Instant.ofEpochMilli(july)) + ", summer time "
        + java.isDaylightSavings(Instant.ofEpochMilli(july)));
  }
}
JAVA
seen=$(java -cp "$folder/joda-time-2.15.1.jar" "$folder/Seen.java")
echo "$seen"
expected='Joda-Time: offset 0, standard offset -1, summer time true
java.time: offset Z, standard offset Z, summer time false'
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
