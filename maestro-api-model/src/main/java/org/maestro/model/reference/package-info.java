/** What can be written and what it means, as the code has it: for people, editors and programs. */
@NullMarked
package org.maestro.model.reference;

import org.jspecify.annotations.NullMarked;
