/** Where the server is and who asks it: options, environment, saved contexts. */
@NullMarked
package org.maestro.cli.context;

import org.jspecify.annotations.NullMarked;
