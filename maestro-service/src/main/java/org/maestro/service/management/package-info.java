/** The second port of a service, for those who run it. */
@NullMarked
package org.maestro.service.management;

import org.jspecify.annotations.NullMarked;
