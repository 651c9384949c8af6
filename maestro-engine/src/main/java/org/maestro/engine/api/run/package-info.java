/** Starting runs, restarting them, and acting on them and their steps, over REST. */
@NullMarked
package org.maestro.engine.api.run;

import org.jspecify.annotations.NullMarked;
