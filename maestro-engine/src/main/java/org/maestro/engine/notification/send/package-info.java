/**
 * Sends what is to be told: the words, the channels that the operator has set up, and who sends
 * what when.
 */
@NullMarked
package org.maestro.engine.notification.send;

import org.jspecify.annotations.NullMarked;
