#!/bin/sh
# JDK 25 and picocli 4.7.7: the AOT cache leaves picocli out. Its class files are of version 49 (Java 5), and the cache takes
# none that is older than 50; at each start they are read from the jar, and verified, beside archived classes of the program.
# Expected: what a training run has used is archived. Needs a JDK 25 as "java" and "javac".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mvn -q -B dependency:copy -Dartifact=info.picocli:picocli:4.7.7 -DoutputDirectory="$folder" >/dev/null
cat >"$folder/Seen.java" <<'JAVA'
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "seen")
public class Seen implements Runnable {
  @Option(names = "--name")
  String name;

  @Override
  public void run() {}

  public static void main(String[] arguments) {
    new CommandLine(new Seen()).execute("--name=x");
  }
}
JAVA
cd "$folder"
javac -proc:none -cp picocli-4.7.7.jar -d . Seen.java
jar --create --file seen.jar Seen.class
java -XX:AOTCacheOutput=seen.aot -cp seen.jar:picocli-4.7.7.jar Seen >training.txt 2>&1
java -XX:AOTCache=seen.aot -Xlog:class+load -cp seen.jar:picocli-4.7.7.jar Seen >loaded.txt
origin() { grep -E " $1 source: " loaded.txt | sed -E 's/.*source: (shared objects file|file:).*/\1/'; }
seen=$(
  echo "class file version of picocli: $(javap -v -cp picocli-4.7.7.jar picocli.CommandLine | sed -n 's/ *major version: //p')"
  echo "Seen: $(origin Seen)"
  echo "picocli.CommandLine: $(origin picocli.CommandLine)"
  grep -o 'Skipping picocli/CommandLine: .*' training.txt
)
echo "$seen"
expected='class file version of picocli: 49
Seen: shared objects file
picocli.CommandLine: file:
Skipping picocli/CommandLine: Old class has been linked'
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
