/* Of elementary.h, what depends on the size of numbers: doubles. */
typedef double real;

/* Where 1 - exp(-u) gives way to its series. */
#define NEAR 1e-4

INLINE uint64_t bits_of(double x) { uint64_t u; memcpy(&u, &x, sizeof u); return u; }
INLINE double from_bits(uint64_t u) { double x; memcpy(&x, &u, sizeof x); return x; }

/* 2^t for |t| < 1022. Adding 1.5 * 2^52 rounds t to an integer n, in the low bits of the sum. 2^(t - n) is the
 * polynomial of degree 10 of least greatest relative error, 2.1e-16, in two chains; n is added to its exponent. */
INLINE double two_to(double t)
{
    double shifted = t + 0x1.8p52, f = t - (shifted - 0x1.8p52), f2 = f*f;
    double even = 1.0 + f2*(0.24022650695908768 + f2*(0.00961812910803459 + f2*(0.00015403529961135955
                  + f2*(1.3215662831846104e-06 + f2*7.037279530582804e-09))));
    double odd = 0.6931471805599497 + f2*(0.05550410866445883 + f2*(0.0013333558228561476
                 + f2*(1.5252658116561384e-05 + f2*1.0208537904552164e-07)));
    return from_bits(bits_of(even + f*odd) + (bits_of(shifted) << 52));
}

/* No slope of an exponential is so steep that 2^t would leave these numbers. */
INLINE double two_to_within(double t, double limit) { (void)limit; return two_to(t); }

/* log(x) for normal x > 0: x = 2^e m with m in [sqrt(1/2), sqrt(2)), and log(m) = 2 atanh((m - 1)/(m + 1)). */
INLINE double log_of(double x)
{
    const uint64_t least = 0x3fe6a09e00000000u;  /* sqrt(1/2), from below */
    uint64_t word = bits_of(x) + (0x3ff0000000000000u - least);
    double m = from_bits((word & 0x000fffffffffffffu) + least);
    double e = from_bits((word >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
    double s = (m - 1.0)/(m + 1.0), z = s*s, z2 = z*z;
    double p = (0.6666666666666735 + z*0.3999999999941109) + z2*((0.28571428743263017 + z*0.22222198475955132)
               + z2*((0.1818356974131377 + z*0.15313903209849752) + z2*0.1479750806719404));
    return e*0.6931471805599453 + (2.0*s + s*z*p);
}
