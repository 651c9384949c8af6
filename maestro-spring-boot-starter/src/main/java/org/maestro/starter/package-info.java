/**
 * The services within a Spring Boot process of somebody else's: in a context of their own, so that
 * neither's beans, filters and JSON are the other's. Calls what the services offer to their own
 * controllers.
 */
@NullMarked
package org.maestro.starter;

import org.jspecify.annotations.NullMarked;
