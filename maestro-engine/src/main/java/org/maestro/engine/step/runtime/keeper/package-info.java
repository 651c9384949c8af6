/**
 * The keeper: a small process that outlives the engine, starts the jobs of this machine, keeps what
 * they print, and records how they end. It runs without a class path of libraries, so nothing here
 * calls anything but the JDK. The engine calls {@link KeeperMessage} only.
 */
@NullMarked
package org.maestro.engine.step.runtime.keeper;

import org.jspecify.annotations.NullMarked;
