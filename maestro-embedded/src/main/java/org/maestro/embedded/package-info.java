/**
 * A real PostgreSQL and a real Kafka broker as child processes, without installing either: what the
 * one-command start and the tests run on. Both keep their data in a folder, survive {@code kill -9}
 * of themselves and of this process, and stop when this process ends. Depends on no other part.
 */
@NullMarked
package org.maestro.embedded;

import org.jspecify.annotations.NullMarked;
