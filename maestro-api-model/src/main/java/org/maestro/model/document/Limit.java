package org.maestro.model.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A constant that users meet: the reference lists it with its value. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Limit {
  /** What is limited, such as {@code iterations of a foreach}. */
  String value();

  /** Of what, such as {@code bytes}; empty if the words before say it. */
  String unit() default "";
}
