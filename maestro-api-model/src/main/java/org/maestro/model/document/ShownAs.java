package org.maestro.model.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the document of the API says of a value whose Java type says too little: the part of a
 * record, the body that a method takes or the one that it answers with.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.RECORD_COMPONENT
})
public @interface ShownAs {
  /** The record that has the fields which are read; any of several. Nothing if the type itself. */
  Class<?>[] value() default {};

  /** The schema in the document that has no record, such as {@code Params}; empty if none. */
  String schema() default "";

  /** The content type; empty for that of the route. */
  String contentType() default "";
}
