/**
 * What steps print: reading it, following it, and its REST API. Reads the attempts' folders only.
 */
@NullMarked
package org.maestro.engine.log;

import org.jspecify.annotations.NullMarked;
