#!/bin/sh
# Apache Kafka 4.3.1 (and 4.2.1), consumers of the protocol of KIP-848: they time their heartbeats by the wall clock. When a
# machine's clock is set back by an hour, the consumer sends none, although the program polls on: its group has lost the member once
# the session is over. No exception says so, and poll goes on returning what comes, which by now may be another member's, too. Set
# forwards by an hour it stays a member.
# Expected: a member for as long as it polls; else an exception, and nothing more to read. Needs a JDK 17 or newer as "java", Maven, and
# Debian's package libfaketime, which is not installed but unpacked in a temporary folder and sets the clock of the consumer's
# process alone.
set -eu
version=4.3.1
folder=$(mktemp -d)
broker=
trap '[ -z "$broker" ] || kill $broker 2>/dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q libfaketime=0.9.10-2.1 >/dev/null 2>&1
dpkg-deb -x libfaketime_*.deb .
library=$(find "$folder" -name libfaketimeMT.so.1)
cat >pom.xml <<XML
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
cat >server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:39093
listeners=PLAINTEXT://127.0.0.1:39092,CONTROLLER://127.0.0.1:39093
advertised.listeners=PLAINTEXT://127.0.0.1:39092
controller.listener.names=CONTROLLER
log.dirs=$folder/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.consumer.min.session.timeout.ms=6000
group.consumer.session.timeout.ms=6000
group.consumer.min.heartbeat.interval.ms=1000
group.consumer.heartbeat.interval.ms=1000
PROPERTIES
java -cp 'lib/*' kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c server.properties >/dev/null 2>&1 ||
  java -cp 'lib/*' org.apache.kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c server.properties >/dev/null
java -Xmx512m -cp 'lib/*' kafka.Kafka server.properties >broker.log 2>&1 &
broker=$!
cat >Member.java <<'JAVA'
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Polls for ever, and says how many messages it has. */
public class Member {
  public static void main(String[] arguments) {
    var settings = Map.<String, Object>of(
        "bootstrap.servers", "127.0.0.1:39092", "group.id", arguments[0], "group.protocol", "consumer",
        "auto.offset.reset", "earliest");
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("news"));
      for (int count = 0; ; ) {
        var come = consumer.poll(Duration.ofMillis(200)).count();
        if (come > 0) {
          System.out.println("has " + (count += come));
        }
      }
    }
  }
}
JAVA
cat >Seen.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sets a member's clock, and says whether it is one afterwards and has what was sent since. */
public class Seen {
  static final Map<String, Object> SERVER = Map.of("bootstrap.servers", "127.0.0.1:39092");

  public static void main(String[] arguments) throws Exception {
    try (var admin = Admin.create(SERVER);
        var producer = new KafkaProducer<>(SERVER, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic("news", 1, (short) 1))).all().get();
      for (var by : List.of("+0", "+3600", "-3600")) {
        var group = "by" + by.replace('+', 'p').replace('-', 'm');
        var clock = Path.of("clock-" + group);
        Files.writeString(clock, "+0");
        var process = new ProcessBuilder("java", "-cp", "lib/*:.", "Member", group);
        process.environment().putAll(Map.of("LD_PRELOAD", arguments[0], "FAKETIME_TIMESTAMP_FILE", clock.toString(),
            "FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0",
            "NO_FAKE_STAT", "1"));
        var said = Path.of("said-" + group);
        var member = process.redirectOutput(said.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        while (members(admin, group) != 1) {
          Thread.sleep(200);
        }
        producer.send(new ProducerRecord<>("news", "before")).get();
        Thread.sleep(3_000);
        Files.writeString(clock, by);
        Thread.sleep(20_000);
        var before = last(said);
        producer.send(new ProducerRecord<>("news", "after")).get();
        Thread.sleep(5_000);
        System.out.println("clock " + by + " s: alive " + member.isAlive() + ", members " + members(admin, group)
            + ", hears " + !last(said).equals(before));
        member.destroyForcibly().waitFor();
      }
    }
  }

  static String last(Path said) throws Exception {
    var lines = Files.readAllLines(said);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  static int members(Admin admin, String group) {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
    } catch (Exception e) {
      return 0;
    }
  }
}
JAVA
javac -cp 'lib/*' Member.java Seen.java
timeout 300 java -cp 'lib/*:.' Seen "$library" 2>/dev/null | tee seen
printf '%s\n' \
  'clock +0 s: alive true, members 1, hears true' \
  'clock +3600 s: alive true, members 1, hears true' \
  'clock -3600 s: alive true, members 0, hears true' >expected
cmp seen expected && echo "as found"
