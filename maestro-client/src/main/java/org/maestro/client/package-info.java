/** A client of Maestro's services for programs in Java 17 and newer. Calls them over HTTP only. */
@NullMarked
package org.maestro.client;

import org.jspecify.annotations.NullMarked;
