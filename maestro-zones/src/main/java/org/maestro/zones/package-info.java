/**
 * Time zones. Owns the rules that all of {@code java.time} goes by in this process, and the names
 * under which zones are known. Depends on nothing but the JDK.
 */
@NullMarked
package org.maestro.zones;

import org.jspecify.annotations.NullMarked;
