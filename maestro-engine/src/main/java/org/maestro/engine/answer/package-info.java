/**
 * Answers that many ask for at the same time, put together once: one reading for all who have asked
 * before it began, and for nobody who asked later.
 */
@NullMarked
package org.maestro.engine.answer;

import org.jspecify.annotations.NullMarked;
