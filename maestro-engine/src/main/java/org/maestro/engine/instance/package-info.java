/** Reading runs and steps, and acting on them, over REST. */
@NullMarked
package org.maestro.engine.instance;

import org.jspecify.annotations.NullMarked;
