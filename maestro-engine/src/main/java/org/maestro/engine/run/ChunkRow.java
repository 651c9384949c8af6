package org.maestro.engine.run;

import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.LoopKey;

/** A chunk as a turn leaves it. */
public record ChunkRow(LoopKey loop, long chunk, boolean live, Chunk.State state) {}
