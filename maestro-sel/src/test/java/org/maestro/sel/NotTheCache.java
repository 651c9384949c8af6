package org.maestro.sel;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** All classes but the cache, which is concurrent and not part of an evaluation. */
final class NotTheCache extends DescribedPredicate<JavaClass> {
  NotTheCache() {
    super("take part in an evaluation");
  }

  @Override
  public boolean test(JavaClass type) {
    return !type.getName().startsWith(ExpressionCache.class.getName());
  }
}
