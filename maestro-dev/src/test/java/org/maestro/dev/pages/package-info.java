/** What the pages of the documentation show is so. */
@NullMarked
package org.maestro.dev.pages;

import org.jspecify.annotations.NullMarked;
