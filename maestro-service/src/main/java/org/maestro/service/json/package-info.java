/** The one JSON mapper of the services. */
@NullMarked
package org.maestro.service.json;

import org.jspecify.annotations.NullMarked;
