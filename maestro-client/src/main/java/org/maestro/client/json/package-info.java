/** JSON as maps, lists and scalars. */
@NullMarked
package org.maestro.client.json;

import org.jspecify.annotations.NullMarked;
