/**
 * What steps in containers have in common, wherever those run: names of images, amounts, users, the
 * log that is kept of one. Calls nothing but the step runtime contracts and what jobs have in
 * common.
 */
@NullMarked
package org.maestro.engine.step.runtime.container;

import org.jspecify.annotations.NullMarked;
