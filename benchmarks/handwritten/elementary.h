/* What the hand-written kernels share: inlined functions without branches, good to a few units in the last place for
 * the arguments that occur there and wrong beyond. Build without -fassociative-math, which would undo the rounding.
 *
 * Numbers are double, or with -DSINGLE -fsingle-precision-constant float: functions are those of their arguments. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tgmath.h>

#undef I  /* tgmath.h knows the imaginary unit; here it is a current */

#define INLINE static inline __attribute__((always_inline))
#define ALIGNED __attribute__((aligned(64)))
#define LOG2E 1.4426950408889634

#ifdef SINGLE
#include "elementary_float.h"
#else
#include "elementary_double.h"
#endif

/* A multiple of what any vector holds. */
enum { LANES = 64/sizeof(real) };

INLINE ptrdiff_t padded(ptrdiff_t cells) { return (cells + LANES - 1)/LANES*LANES; }
