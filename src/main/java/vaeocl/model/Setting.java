package vaeocl.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record's component a setting. Its option, its key in files, its reading, printing, check,
 * default and help all follow from the component and from what stands here.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What stands for the value in the help: {@code N}. */
  String label();

  /** The default, as the user would write it. */
  String initial();

  /** What it is, for the help, whole sentences; <code>{initial}</code> stands for the default. */
  String help();

  /** The least number allowed. */
  double from() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double to() default Double.POSITIVE_INFINITY;

  /** Whether {@link #from} itself is not allowed. */
  boolean above() default false;

  /** The most numbers in a list; the least is one. */
  int most() default 16;

  /** Whether weights belong to its value, so that a file of weights decides it. */
  boolean net() default false;

  /** Whether a model's file keeps it; what only a training needs is in config.json alone. */
  boolean kept() default true;
}
