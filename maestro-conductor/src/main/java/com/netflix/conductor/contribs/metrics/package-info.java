/** The one class Conductor core expects from a module that isn't on the class path. */
@NullMarked
package com.netflix.conductor.contribs.metrics;

import org.jspecify.annotations.NullMarked;
