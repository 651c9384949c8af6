/** What the document of the API is told beyond what types say. */
@NullMarked
package org.maestro.model.document;

import org.jspecify.annotations.NullMarked;
