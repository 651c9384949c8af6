/** What the services tell each other over the broker. */
@NullMarked
package org.maestro.model.message;

import org.jspecify.annotations.NullMarked;
