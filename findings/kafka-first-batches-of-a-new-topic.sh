#!/bin/sh
# Apache Kafka 4.2.1, broker and Java client, idempotent producer (the default), acks=all, five requests in flight (the default) of up to
# 8 MB (max.request.size), to topics that Admin.createTopics has just confirmed, on a broker with two request threads: in many of them a
# partition's first batch is answered NOT_LEADER_OR_FOLLOWER and its second is kept; from then on the first is refused as
# OUT_OF_ORDER_SEQUENCE_NUMBER at every retry, until delivery.timeout.ms (two minutes if nothing else is set) is over and its records fail,
# although the topic has been fine for all of that time.
# Expected: "order and no loss with up to five requests in flight", and a topic that is confirmed can be written to.
# Seen: with five in flight, 29 of 60 new topics of four partitions on a busy machine; with one, none of 60; with five of the default 1 MB
# and a broker with the default's eight threads, none of 300. It came as KAFKA-15591 and is mended in brokers since. Needs a JDK 17 or
# newer as "java", and Maven. It tries new topics until one is stuck, 300 at most.
set -eu
version=4.2.1
folder=$(mktemp -d)
broker=
trap '[ -z "$broker" ] || kill $broker 2>/dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<XML
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
</dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
cat >server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:39193
listeners=PLAINTEXT://127.0.0.1:39192,CONTROLLER://127.0.0.1:39193
advertised.listeners=PLAINTEXT://127.0.0.1:39192
controller.listener.names=CONTROLLER
log.dirs=$folder/data
offsets.topic.replication.factor=1
num.io.threads=2
socket.request.max.bytes=33554432
PROPERTIES
java -cp 'lib/*' kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c server.properties >/dev/null 2>&1 ||
  java -cp 'lib/*' org.apache.kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c server.properties >/dev/null
java -XX:TieredStopAtLevel=1 -Xmx512m -cp 'lib/*' kafka.Kafka server.properties >broker.log 2>&1 &
broker=$!
cat >First.java <<'JAVA'
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes forty records to each of so many new topics, and says how many topics kept some back for more than 15 s. */
public class First {
  public static void main(String[] arguments) throws Exception {
    var inFlight = Integer.parseInt(arguments[0]);
    var topics = Integer.parseInt(arguments[1]);
    var untilStuck = arguments[2].equals("until-stuck");
    var stuck = 0;
    Map<String, Object> place = Map.of("bootstrap.servers", "127.0.0.1:39192");
    var settings = Map.<String, Object>of(
        "bootstrap.servers", "127.0.0.1:39192", "max.in.flight.requests.per.connection", inFlight,
        "delivery.timeout.ms", 15000, "request.timeout.ms", 5000, "linger.ms", 0, "max.request.size", 8 << 20);
    try (var admin = Admin.create(place);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < topics && !(untilStuck && stuck > 0); i++) {
        var topic = "news-" + inFlight + "-" + i;
        admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
        var left = new CountDownLatch(40);
        var failure = new AtomicReference<Exception>();
        for (int record = 0; record < 40; record++) {
          producer.send(new ProducerRecord<>(topic, record % 4, "key", new byte[512 << 10]), (sent, problem) -> {
            if (problem != null) {
              failure.set(problem);
            }
            left.countDown();
          });
        }
        left.await();
        if (failure.get() != null) {
          stuck++;
          System.err.println(topic + ": " + failure.get());
        }
      }
    }
    System.out.println(stuck > 0 ? "stuck" : "fine");
  }
}
JAVA
i=0
until grep -q 'Kafka Server started' broker.log || [ $i -eq 60 ]; do
  i=$((i + 1))
  sleep 1
done
five=$(java -cp 'lib/*' First.java 5 300 until-stuck 2>five.log)
one=$(java -cp 'lib/*' First.java 1 60 all 2>one.log)
echo "five in flight: $five; one in flight: $one"
grep -h '^news-' five.log | head -n 3
[ "$five" = stuck ] && [ "$one" = fine ]
