package vaeocl.check;

/** How much of the images of a case is not zero. */
public enum Ink {
  /** About as much as in drawn digits. */
  DRAWN,
  /** Nothing at all. */
  EMPTY,
  /** One pixel of the whole set. */
  ONE_PIXEL,
  /** Everything. */
  DENSE
}
