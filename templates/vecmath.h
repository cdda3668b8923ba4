/* Elementary functions for the inner loops of a kernel: branch-free, and inlined so that `omp simd` turns a
 * loop of them into vector code of any width.
 *
 * Plain C99. A condition selects between two values that are both computed; the only integers are unsigned
 * and as wide as the float (AVX2 cannot convert between doubles and 64 bit integers); nothing is looked up here.
 * Build with -fno-math-errno -fno-trapping-math, never with -ffast-math: the reduction below needs its sums
 * as they are written. Whether a*b + c is fused does not matter to the result, but does to the speed, and
 * gcc fuses only under -std=gnu* or -ffp-contract=fast. NaN gives NaN, overflow an infinity, and results
 * below the normal range are rounded, not flushed.
 *
 * Where the numbers come from
 *   x = n ln 2 + r, |r| <= (ln 2)/2. Adding 1.5 * 2^52 + bias (float: 2^23) to x / ln 2 rounds it to the
 *   nearest integer and leaves n + bias in the low bits, one shift away from an exponent. ln 2 is cut in
 *   two, the first part short enough for n times it to be exact.
 *   expm1(r) = r + r^2 q(r), with q the polynomial of degree 9 (float: 4) of least greatest error relative
 *   to expm1, by Remez exchange in 60 digits from a rounded constant term: 2.3e-17 (1.5e-8).
 *   log(m), m in [sqrt(1/2), sqrt(2)): with f = m - 1 and s = f / (2 + f) it is 2 atanh(s) = 2 s + s^3 P(s^2)
 *   = f - s (f - s^2 P(s^2)), whose leading term is exact. P of degree 6 (2), likewise: 1.2e-18 (8.1e-10).
 *   tanh(r/2), sinh(r), cosh(r) for the same r, and u / expm1(u) for |u| < 1: the leading term, and polynomials in r^2
 *   (u^2) of least greatest error relative to the function: 4.1e-18, 2.6e-19, 3.4e-18, 1.7e-17 (float: 1.6e-10, 1.3e-8,
 *   4.7e-11, 1.2e-8).
 *   pow needs log to 2^-65, in two doubles, by the scheme of fdlibm's e_pow.c: 2/3 s (3 + s^2 + s^4 Q(s^2)), where s
 *   and the bracket are split in halves whose products are exact. Q of degree 7, by interpolation: 3.7e-17.
 *
 * Greatest errors found, in units in the last place, over 4e7 doubles and every 41st float, by gcc and clang
 * with FMA and without, against long double (float: double):
 *             exp  expm1  exprel  sigmoid  tanh  sinh  cosh  log  log1p  log10  pow
 *   double    1.1   1.9    1.9      1.8    1.6   2.0   1.5   1.0   1.0    1.2   0.7
 *   float     1.1   1.8    1.9      1.8    1.7   2.0   1.5   1.0   1.0    1.1   0.5
 * (pow over 1e6 doubles and floats by gcc.) bernoulli and exprel_of, given the rounded exp(u), over 1e7: 2.1 (2.4).
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifndef ION_INLINE
#ifdef __GNUC__
#define ION_INLINE static inline __attribute__((always_inline, unused))
#else
#define ION_INLINE static inline
#endif
#endif

/* ---- double ---- */

ION_INLINE uint64_t ion_bits_f64(double x) { uint64_t u; memcpy(&u, &x, sizeof u); return u; }
ION_INLINE double ion_from_bits_f64(uint64_t u) { double x; memcpy(&x, &u, sizeof x); return x; }

#define ION_LOG2E_F64 0x1.71547652b82fep+0
#define ION_LN2_HI_F64 0x1.62e42fefa3800p-1  /* 42 bits */
#define ION_LN2_LO_F64 0x1.ef35793c76730p-45
#define ION_LOG10E_HI_F64 0x1.bcb7b1p-2  /* 26 bits */
#define ION_LOG10E_LO_F64 0x1.49b9438ca9aaep-28
#define ION_LOG10_2_HI_F64 0x1.34413509f7800p-2  /* 42 bits */
#define ION_LOG10_2_LO_F64 0x1.fef311f12b358p-46

/* x = n ln 2 + r + tail, for |x| < 1400; the low bits of `power` are n + bias */
typedef struct { double r, tail; uint64_t power; } ion_reduced_f64;

ION_INLINE ion_reduced_f64 ion_reduce_f64(double x, int bias) {
    double shift = 0x1.8p52 + bias, shifted = x * ION_LOG2E_F64 + shift, n = shifted - shift;
    double high = x - n * ION_LN2_HI_F64, r = high - n * ION_LN2_LO_F64;
    double tail = (high - r) - n * ION_LN2_LO_F64;
    ion_reduced_f64 reduced = {r, tail, ion_bits_f64(shifted)};
    return reduced;
}

/* (expm1(r) - r) / r^2 for |r| <= (ln 2)/2, in pairs to keep the chain of dependent operations short */
ION_INLINE double ion_expm1_quotient_f64(double r) {
    double r2 = r * r, r4 = r2 * r2;
    double q0 = 0.5000000000000007 + r * 0.16666666666666696;
    double q2 = 0.041666666666559445 + r * 0.008333333333292073;
    double q4 = 0.0013888888937186013 + r * 0.0001984126999003798;
    double q6 = 2.4801498514569206e-05 + r * 2.7557114022023776e-06;
    double q8 = 2.762873030386733e-07 + r * 2.516213930979945e-08;
    return (q0 + r2 * q2) + r4 * ((q4 + r2 * q6) + r4 * q8);
}

/* exp(x) / 2^halvings for |x| <= 1000, with 2^n as two normal factors: only the last product can overflow or
 * become subnormal */
ION_INLINE double ion_exp_core_f64(double x, int halvings) {
    ion_reduced_f64 a = ion_reduce_f64(x, 2 * 1023 - halvings);
    uint64_t half = (a.power << 51) & 0x7ff0000000000000u;
    double scale = ion_from_bits_f64(half), rest = ion_from_bits_f64((a.power << 52) - half);
    return (scale + scale * (a.r + a.r * a.r * ion_expm1_quotient_f64(a.r))) * rest;
}

/* expm1(x) / 2^halvings, for n - halvings (n as above) in -1022 .. 1023 */
ION_INLINE double ion_expm1_core_f64(double x, int halvings) {
    ion_reduced_f64 a = ion_reduce_f64(x, 1023 - halvings);
    double scale = ion_from_bits_f64(a.power << 52);
    double one = ion_from_bits_f64((uint64_t)(1023 - halvings) << 52);
    return scale * (a.r + (a.tail + a.r * a.r * ion_expm1_quotient_f64(a.r))) + (scale - one);
}

/* Whether all of some numbers are below 512 in size: but for rounding, x + 1536 has the exponent of 1536 then and only
 * then. `reach` is in what the bits of such sums differ from those of 1536, joined by |. */
ION_INLINE uint64_t ion_reach_f64(double x) { return ion_bits_f64(x + 1536.0) ^ ion_bits_f64(1536.0); }
ION_INLINE int ion_is_near_f64(uint64_t reach) { return reach >> 52 == 0; }

/* To be joined with these, where x shall be positive, normal and finite, too: the highest bit says that it is not. */
ION_INLINE uint64_t ion_reach_plain_f64(double x) {
    uint64_t u = ion_bits_f64(x), least = 0x0010000000000000u;
    return ((u - least) | (u + least)) & 0x8000000000000000u;
}

/* exp(x) for |x| < 512, with the bits of ion_exp, for half of its price: nothing overflows or is subnormal */
ION_INLINE double ion_exp_near_f64(double x) {
    ion_reduced_f64 a = ion_reduce_f64(x, 0);
    double y = 1.0 + (a.r + a.r * a.r * ion_expm1_quotient_f64(a.r));
    return ion_from_bits_f64(ion_bits_f64(y) + (a.power << 52));
}

ION_INLINE double ion_exp_f64(double x) {
    double y = ion_exp_core_f64(x, 0);
    y = x > 1000.0 ? INFINITY : y;
    return x < -1000.0 ? 0.0 : y;
}

ION_INLINE double ion_expm1_f64(double x) {
    double y = 2.0 * ion_expm1_core_f64(x, 1);
    y = fabs(x) < 0x1p-54 ? x : y;
    y = x > 709.8 ? INFINITY : y;
    return x < -40.0 ? -1.0 : y;
}

/* expm1(x) / x, and 1 at 0. It overflows 6.6 above exp, so the division comes before the last doublings */
ION_INLINE double ion_exprel_f64(double x) {
    double away = fabs(x) < 0x1p-60 ? 0x1p-60 : x;
    double numerator = ion_expm1_core_f64(away, 16);
    double doublings = x < -40.0 ? 1.0 : 0x1p16;
    numerator = x < -40.0 ? -1.0 : numerator;
    double y = (numerator / away) * doublings;
    return x > 717.0 ? INFINITY : y;
}

/* u / expm1(u) for |u| < 1 */
ION_INLINE double ion_bernoulli_near_f64(double u) {
    double z = u * u, z2 = z * z;
    double p0 = 0.08333333333333252 + z * -0.0013888888888680447;
    double p2 = 3.306878288817765e-05 + z * -8.26718834096956e-07;
    double p4 = 2.087512087062821e-08 + z * -5.26430327426361e-10;
    double p = p0 + z2 * (p2 + z2 * (p4 + z2 * 1.2117336009457391e-11));
    return 1.0 + (z * p - 0.5 * u);
}

/* u / (E - 1), and 1 at 0, where E = exp(u) is known already: its error counts at most 1.6 times, since it is not
 * used where |u| < 1. 0 where E overflows. */
ION_INLINE double ion_bernoulli_f64(double u, double E) {
    double far = E == INFINITY ? 0.0 : u / (E - 1.0);
    return fabs(u) < 1.0 ? ion_bernoulli_near_f64(u) : far;
}

/* The same as `above` over `below`, which have one sign, for an E that is neither 0 nor infinite. |u| < 1/64 takes
 * a polynomial, which is 6e-17 off; beyond, the error of E counts up to 64 times. */
ION_INLINE double ion_bernoulli_above_f64(double u) {
    double z = u * u;
    double near = (1.0 - 0.5 * u) + z * (0.08333333333308696 - z * 0.001388880815498639);
    return fabs(u) < 0x1p-6 ? near : u;
}

ION_INLINE double ion_bernoulli_below_f64(double u, double E) { return fabs(u) < 0x1p-6 ? 1.0 : E - 1.0; }

/* Likewise (E - 1) / u, which overflows where E does, and takes one division, too */
ION_INLINE double ion_exprel_of_f64(double u, double E) {
    double top = fabs(u) < 1.0 ? 1.0 : E - 1.0, bottom = fabs(u) < 1.0 ? ion_bernoulli_near_f64(u) : u;
    return E == INFINITY ? E : top / bottom;
}

/* 1 / (1 + exp(-x)), with all three over 2^52 for exp not to overflow; low is what rounding took from high */
ION_INLINE double ion_sigmoid_f64(double x) {
    ion_reduced_f64 a = ion_reduce_f64(-x, 1023 - 52);
    double scale = ion_from_bits_f64(a.power << 52), one = 0x1p-52;
    double high = scale + one, low = one - (high - scale);
    double sum = high + (low + scale * (a.r + a.r * a.r * ion_expm1_quotient_f64(a.r)));
    double y = one / sum;
    y = x > 40.0 ? 1.0 : y;
    return x < -745.2 ? 0.0 : y;
}

/* With 2 |x| = n ln 2 + r, s = 2^n and t = tanh(r/2), by a polynomial, it is (s - 1 + (s + 1) t) / (s + 1 + (s - 1) t).
 * (1 - 1/s)^2 of it, which is exact, is taken out, so that an error of the quotient of the rest counts little. */
ION_INLINE double ion_tanh_f64(double x) {
    double size = fabs(x);
    ion_reduced_f64 a = ion_reduce_f64(2.0 * size, 1023);
    double z = a.r * a.r, z2 = z * z;
    double p0 = -0.04166666666666561 + z * 0.004166666666495128;
    double p2 = -0.00042162697486609034 + z * 4.271361476645757e-05;
    double p4 = -4.324858317754918e-06 + z * 4.205134502012323e-07;
    double t = 0.5 * a.r + (0.5 * a.tail + (a.r * z) * (p0 + z2 * (p2 + z2 * p4)));
    double s = ion_from_bits_f64(a.power << 52), i = ion_from_bits_f64((2046 - a.power) << 52), j = 1.0 - i;
    double y = j * j + (i * j + (4.0 + i * (i - 3.0)) * t) / ((s + 1.0) + (s - 1.0) * t);
    y = size > 22.0 ? 1.0 : y;
    return copysign(y, x);
}

/* For |x| = n ln 2 + r: 2^(n-1) and 2^(-n-1), times sinh(r) and cosh(r) - 1 by polynomials; halved, as 2^n overflows */
ION_INLINE double ion_sinh_f64(double x) {
    double size = fabs(x);
    ion_reduced_f64 a = ion_reduce_f64(size, 1023 - 2);
    double z = a.r * a.r, z2 = z * z;
    double s0 = 0.16666666666666677 + z * 0.008333333333321601;
    double s2 = 0.00019841269886199664 + z * 2.7557244136029673e-06;
    double c0 = 0.5000000000000013 + z * 0.04166666666651411;
    double c2 = 0.001388888894731249 + z * 2.480148966540478e-05;
    double odd = a.r + (a.tail + (a.r * z) * (s0 + z2 * (s2 + z2 * 2.5109062305805493e-08)));
    double even = z * (c0 + z2 * (c2 + z2 * 2.7631371658017087e-07)) + a.r * a.tail;
    double up = ion_from_bits_f64(a.power << 52), down = ion_from_bits_f64((2042 - a.power) << 52);
    down = size > 40.0 ? 0.0 : down;
    double whole = up - down, lost = (up - whole) - down;
    double y = 2.0 * (whole + ((up + down) * odd + (whole * even + lost)));
    y = size < 0x1p-28 ? size : y;
    y = size > 710.5 ? INFINITY : y;
    return copysign(y, x);
}

ION_INLINE double ion_cosh_f64(double x) {
    double size = fabs(x), half = ion_exp_core_f64(size, 1);
    double y = half + 0.25 / half;
    return size > 1000.0 ? INFINITY : y;
}

/* u = 2^e m, m near 1 as above, for positive normal u */
typedef struct { double e, m; } ion_mantissa_f64;

ION_INLINE ion_mantissa_f64 ion_mantissa_of_f64(double u) {
    uint64_t least = 0x3fe6a09e00000000u;  /* sqrt(1/2), from below */
    uint64_t word = ion_bits_f64(u) + (0x3ff0000000000000u - least);
    double m = ion_from_bits_f64((word & 0x000fffffffffffffu) + least);
    double e = ion_from_bits_f64((word >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
    ion_mantissa_f64 parts = {e, m};
    return parts;
}

/* and log(m) = f - g; s as above */
typedef struct { double e, f, g, s; } ion_log_parts_f64;

ION_INLINE ion_log_parts_f64 ion_log_core_f64(double u) {
    ion_mantissa_f64 a = ion_mantissa_of_f64(u);
    double f = a.m - 1.0, s = f / (2.0 + f), z = s * s, z2 = z * z;
    double p0 = 0.6666666666666735 + z * 0.3999999999941109;
    double p2 = 0.28571428743263017 + z * 0.22222198475955132;
    double p4 = 0.1818356974131377 + z * 0.15313903209849752;
    double p = p0 + z2 * (p2 + z2 * (p4 + z2 * 0.1479750806719404));
    ion_log_parts_f64 parts = {a.e, f, s * (f - z * p), s};
    return parts;
}

/* y where u is positive and finite, else the value that a logarithm has there */
ION_INLINE double ion_log_edges_f64(double y, double u) {
    y = u < INFINITY ? y : u;
    double edge = u == 0.0 ? -INFINITY : NAN;
    return u > 0.0 ? y : edge;
}

ION_INLINE double ion_log_f64(double x) {
    double subnormal = x < 0x1p-1022 ? 54.0 : 0.0;
    ion_log_parts_f64 a = ion_log_core_f64(x < 0x1p-1022 ? x * 0x1p54 : x);
    double e = a.e - subnormal;
    return ion_log_edges_f64(e * ION_LN2_HI_F64 - ((a.g - e * ION_LN2_LO_F64) - a.f), x);
}

/* log(x) for a positive, normal and finite x, with the bits of ion_log */
ION_INLINE double ion_log_plain_f64(double x) {
    ion_log_parts_f64 a = ion_log_core_f64(x);
    return a.e * ION_LN2_HI_F64 - ((a.g - a.e * ION_LN2_LO_F64) - a.f);
}

/* The upper 26 bits of x: products of two such parts are exact */
ION_INLINE double ion_upper_f64(double x) { return ion_from_bits_f64(ion_bits_f64(x) & 0xfffffffff8000000u); }

/* e log10(2) + (f - g) / ln 10, where the products of upper parts are exact */
ION_INLINE double ion_log10_f64(double x) {
    double subnormal = x < 0x1p-1022 ? 54.0 : 0.0;
    ion_log_parts_f64 a = ion_log_core_f64(x < 0x1p-1022 ? x * 0x1p54 : x);
    double e = a.e - subnormal, high = ion_upper_f64(a.f), low = (a.f - high) - a.g;
    double rest = e * ION_LOG10_2_LO_F64 + (low * ION_LOG10E_HI_F64 + (a.f - a.g) * ION_LOG10E_LO_F64);
    double y = e * ION_LOG10_2_HI_F64 + (high * ION_LOG10E_HI_F64 + rest);
    return ion_log_edges_f64(y, x);
}

/* log(u) + lost / u, with u = 1 + x rounded, lost what rounding took, and 1/m near 1 - 2 s + 2 s^2 */
ION_INLINE double ion_log1p_f64(double x) {
    double u = 1.0 + x, part = u - 1.0;
    double lost = (1.0 - (u - part)) + (x - part);
    ion_log_parts_f64 a = ion_log_core_f64(u);
    double power = ion_from_bits_f64(ion_bits_f64((0x1p52 + 1024.0) - a.e) << 52);  /* 2^(1 - e) */
    double correction = (lost * power) * (0.5 - a.s * (1.0 - a.s));
    double y = a.e * ION_LN2_HI_F64 - ((a.g - (a.e * ION_LN2_LO_F64 + correction)) - a.f);
    return copysign(ion_log_edges_f64(y, u), x);
}

/* log(u / 2^halvings) = high + low to 2^-65 of itself, for positive normal u; high is an upper part */
typedef struct { double high, low; } ion_log_sum_f64;

ION_INLINE ion_log_sum_f64 ion_log_exactly_f64(double u, double halvings) {
    ion_mantissa_f64 a = ion_mantissa_of_f64(u);
    double e = a.e - halvings, f = a.m - 1.0, t = 2.0 + f, s = f / t;
    double sh = ion_upper_f64(s), th = ion_upper_f64(t), tl = (t - th) + (f - (t - 2.0));
    double sl = ((f - sh * th) - sh * tl) / t;
    double z = s * s, z2 = z * z, square = sh * sh;
    double q0 = 0.6 + z * 0.4285714285714405;
    double q2 = 0.3333333333248383 + z * 0.272727275030892;
    double q4 = 0.23076892443777647 + z * 0.20002207040770967;
    double q6 = 0.1755935450923681 + z * 0.17584767935814777;
    double rest = z2 * ((q0 + z2 * q2) + z2 * z2 * (q4 + z2 * q6)) + sl * (sh + s);
    double wh = ion_upper_f64(3.0 + square + rest), wl = rest - ((wh - 3.0) - square);
    double product = sh * wh, lost = sl * wh + wl * s;
    double ph = ion_upper_f64(product + lost), pl = lost - (ph - product);
    double third = 0x1.5555550000000p-1 * ph, whole = e * ION_LN2_HI_F64, sum = whole + third;
    double low = (third - (sum - whole)) + ((0x1.5555555555555p-27 * ph + pl * (2.0 / 3.0)) + e * ION_LN2_LO_F64);
    ion_log_sum_f64 result = {ion_upper_f64(sum + low), 0.0};
    result.low = low - (result.high - sum);
    return result;
}

/* exp(x + lost) for |x| <= 1000 and a tiny lost, as in ion_exp_core_f64 */
ION_INLINE double ion_exp_sum_f64(double x, double lost) {
    ion_reduced_f64 a = ion_reduce_f64(x, 2 * 1023);
    uint64_t half = (a.power << 51) & 0x7ff0000000000000u;
    double scale = ion_from_bits_f64(half), rest = ion_from_bits_f64((a.power << 52) - half);
    double curve = a.r * a.r * ion_expm1_quotient_f64(a.r), tail = a.tail + lost;
    return (scale + scale * (a.r + (curve + tail * (1.0 + (a.r + curve))))) * rest;
}

/* |x|^y, or what C says of zeros, infinities, negative x, and NaN. A number below 2^52 is whole if adding 2^52 does not
 * change it. One comparison at a time: where x or y is the same for all lanes, gcc has no vector of the truth of two. */
ION_INLINE double ion_pow_edges_f64(double power, double x, double y) {
    double size = fabs(x), steps = fabs(y), pairs = 0.5 * steps;
    double whole = steps < 0x1p52 ? (steps + 0x1p52) - 0x1p52 : steps;
    double whole_pairs = pairs < 0x1p52 ? (pairs + 0x1p52) - 0x1p52 : pairs;
    double limit = (size - 1.0) * y > 0.0 ? INFINITY : 0.0;
    power = size == 0.0 ? limit : power;
    power = size == INFINITY ? limit : power;
    power = steps == INFINITY ? limit : power;
    double unchanged = steps == INFINITY ? 1.0 : power;
    power = size == 1.0 ? unchanged : power;
    double odd = whole_pairs != pairs ? copysign(power, x) : power;
    power = whole == steps ? odd : power;
    double undefined = size == INFINITY ? power : NAN;
    undefined = whole == steps ? power : undefined;
    power = x < 0.0 ? undefined : power;
    power = x == x ? power : x;
    power = y == y ? power : y;
    power = x == 1.0 ? 1.0 : power;
    return y == 0.0 ? 1.0 : power;
}

/* exp(y log(x)), with the logarithm and the product in two parts each: 1000 times an error would be in the exponent */
ION_INLINE double ion_pow_f64(double x, double y) {
    double size = fabs(x), halvings = size < 0x1p-1022 ? 54.0 : 0.0;
    ion_log_sum_f64 a = ion_log_exactly_f64(size < 0x1p-1022 ? size * 0x1p54 : size, halvings);
    double upper = ion_upper_f64(y), high = upper * a.high, low = (y - upper) * a.high + y * a.low, z = high + low;
    double power = ion_exp_sum_f64(z, low - (z - high));
    power = z > 1000.0 ? INFINITY : power;
    power = z < -1000.0 ? 0.0 : power;
    return ion_pow_edges_f64(power, x, y);
}

ION_INLINE double ion_sqrt_f64(double x) { return sqrt(x); }
ION_INLINE double ion_abs_f64(double x) { return fabs(x); }
ION_INLINE double ion_floor_f64(double x) { return floor(x); }
ION_INLINE double ion_ceil_f64(double x) { return ceil(x); }

/* NaN where either is, unlike fmin and fmax */
ION_INLINE double ion_min_f64(double a, double b) { double y = a < b ? a : b; return a == a ? y : a; }
ION_INLINE double ion_max_f64(double a, double b) { double y = a > b ? a : b; return a == a ? y : a; }

/* -1, 0 or 1 */
ION_INLINE double ion_sign_f64(double x) {
    double y = x > 0.0 ? 1.0 : x;
    y = x < 0.0 ? -1.0 : y;
    return x == 0.0 ? 0.0 : y;
}

/* 1 where x >= 0, else 0 */
ION_INLINE double ion_heaviside_f64(double x) { double y = x < 0.0 ? 0.0 : x; return x >= 0.0 ? 1.0 : y; }

/* a where flag is not 0, else b, as ?: would have it, but where flag is the same for all lanes gcc has no vector of
 * its truth, and leaves the loop scalar. Twice a number's bits are 0 for the two zeros only. */
ION_INLINE double ion_where_f64(double flag, double a, double b) {
    uint64_t size = ion_bits_f64(flag) << 1, mask = 0 - ((size | (0 - size)) >> 63);
    return ion_from_bits_f64((ion_bits_f64(a) & mask) | (ion_bits_f64(b) & ~mask));
}

/* Left to the C library, which is right for the largest arguments, too: one call for each lane between vector code.
 * Where gcc finds that only one arm of a condition wants the result, it leaves the loop scalar. */
#if defined(__GNUC__) && !defined(__clang__)
#define ION_CALL static __attribute__((simd("notinbranch"), noinline, unused))
#else
#define ION_CALL ION_INLINE
#endif

ION_CALL double ion_sin_f64(double x) { return sin(x); }
ION_CALL double ion_cos_f64(double x) { return cos(x); }
ION_CALL double ion_tan_f64(double x) { return tan(x); }
ION_CALL double ion_asin_f64(double x) { return asin(x); }
ION_CALL double ion_acos_f64(double x) { return acos(x); }
ION_CALL double ion_atan_f64(double x) { return atan(x); }

/* ---- float: the same with words of 32 bits ---- */

ION_INLINE uint32_t ion_bits_f32(float x) { uint32_t u; memcpy(&u, &x, sizeof u); return u; }
ION_INLINE float ion_from_bits_f32(uint32_t u) { float x; memcpy(&x, &u, sizeof x); return x; }

#define ION_LOG2E_F32 0x1.715476p+0f
#define ION_LN2_HI_F32 0x1.62e4p-1f  /* 14 bits */
#define ION_LN2_LO_F32 0x1.7f7d1cp-20f
#define ION_LOG10E_HI_F32 0x1.bcap-2f  /* 12 bits */
#define ION_LOG10E_LO_F32 0x1.7b1526p-14f
#define ION_LOG10_2_HI_F32 0x1.3440p-2f  /* 11 bits */
#define ION_LOG10_2_LO_F32 0x1.3509f8p-18f

/* for |x| < 180 */
typedef struct { float r, tail; uint32_t power; } ion_reduced_f32;

ION_INLINE ion_reduced_f32 ion_reduce_f32(float x, int bias) {
    float shift = 0x1.8p23f + (float)bias, shifted = x * ION_LOG2E_F32 + shift, n = shifted - shift;
    float high = x - n * ION_LN2_HI_F32, r = high - n * ION_LN2_LO_F32;
    float tail = (high - r) - n * ION_LN2_LO_F32;
    ion_reduced_f32 reduced = {r, tail, ion_bits_f32(shifted)};
    return reduced;
}

ION_INLINE float ion_expm1_quotient_f32(float r) {
    float r2 = r * r;
    float q0 = 0.5f + r * 0.16666548f;
    float q2 = 0.0416668542f + r * 0.00836606696f;
    return q0 + r2 * (q2 + r2 * 0.00138982257f);
}

/* for |x| <= 150 */
ION_INLINE float ion_exp_core_f32(float x, int halvings) {
    ion_reduced_f32 a = ion_reduce_f32(x, 2 * 127 - halvings);
    uint32_t half = (a.power << 22) & 0x7f800000u;
    float scale = ion_from_bits_f32(half), rest = ion_from_bits_f32((a.power << 23) - half);
    return (scale + scale * (a.r + a.r * a.r * ion_expm1_quotient_f32(a.r))) * rest;
}

/* for n - halvings in -126 .. 127 */
ION_INLINE float ion_expm1_core_f32(float x, int halvings) {
    ion_reduced_f32 a = ion_reduce_f32(x, 127 - halvings);
    float scale = ion_from_bits_f32(a.power << 23);
    float one = ion_from_bits_f32((uint32_t)(127 - halvings) << 23);
    return scale * (a.r + a.r * a.r * ion_expm1_quotient_f32(a.r)) + (scale - one);
}

/* below 64 */
ION_INLINE uint32_t ion_reach_f32(float x) { return ion_bits_f32(x + 192.0f) ^ ion_bits_f32(192.0f); }
ION_INLINE int ion_is_near_f32(uint32_t reach) { return reach >> 23 == 0; }
ION_INLINE uint32_t ion_reach_plain_f32(float x) {
    uint32_t u = ion_bits_f32(x), least = 0x00800000u;
    return ((u - least) | (u + least)) & 0x80000000u;
}

ION_INLINE float ion_exp_near_f32(float x) {
    ion_reduced_f32 a = ion_reduce_f32(x, 0);
    float y = 1.0f + (a.r + a.r * a.r * ion_expm1_quotient_f32(a.r));
    return ion_from_bits_f32(ion_bits_f32(y) + (a.power << 23));
}

ION_INLINE float ion_exp_f32(float x) {
    float y = ion_exp_core_f32(x, 0);
    y = x > 150.0f ? INFINITY : y;
    return x < -150.0f ? 0.0f : y;
}

ION_INLINE float ion_expm1_f32(float x) {
    float y = 2.0f * ion_expm1_core_f32(x, 1);
    y = fabsf(x) < 0x1p-25f ? x : y;
    y = x > 88.8f ? INFINITY : y;
    return x < -20.0f ? -1.0f : y;
}

ION_INLINE float ion_exprel_f32(float x) {
    float away = fabsf(x) < 0x1p-30f ? 0x1p-30f : x;
    float numerator = ion_expm1_core_f32(away, 8);
    float doublings = x < -20.0f ? 1.0f : 0x1p8f;
    numerator = x < -20.0f ? -1.0f : numerator;
    float y = (numerator / away) * doublings;
    return x > 93.5f ? INFINITY : y;
}

ION_INLINE float ion_bernoulli_near_f32(float u) {
    float z = u * u;
    float p = 0.08333319f + z * (-0.001388011f + z * 3.153523e-05f);
    return 1.0f + (z * p - 0.5f * u);
}

ION_INLINE float ion_bernoulli_f32(float u, float E) {
    float far = E == INFINITY ? 0.0f : u / (E - 1.0f);
    return fabsf(u) < 1.0f ? ion_bernoulli_near_f32(u) : far;
}

ION_INLINE float ion_bernoulli_above_f32(float u) { return fabsf(u) < 1.0f ? ion_bernoulli_near_f32(u) : u; }

ION_INLINE float ion_bernoulli_below_f32(float u, float E) { return fabsf(u) < 1.0f ? 1.0f : E - 1.0f; }

ION_INLINE float ion_exprel_of_f32(float u, float E) {
    float top = fabsf(u) < 1.0f ? 1.0f : E - 1.0f, bottom = fabsf(u) < 1.0f ? ion_bernoulli_near_f32(u) : u;
    return E == INFINITY ? E : top / bottom;
}

ION_INLINE float ion_sigmoid_f32(float x) {
    ion_reduced_f32 a = ion_reduce_f32(-x, 127 - 24);
    float scale = ion_from_bits_f32(a.power << 23), one = 0x1p-24f;
    float high = scale + one, low = one - (high - scale);
    float sum = high + (low + scale * (a.r + a.r * a.r * ion_expm1_quotient_f32(a.r)));
    float y = one / sum;
    y = x > 20.0f ? 1.0f : y;
    return x < -104.0f ? 0.0f : y;
}

ION_INLINE float ion_tanh_f32(float x) {
    float size = fabsf(x);
    ion_reduced_f32 a = ion_reduce_f32(2.0f * size, 127);
    float z = a.r * a.r, p = -0.041666653f + z * (0.0041659954f + z * -0.00041193276f);
    float t = 0.5f * a.r + (a.r * z) * p;
    float s = ion_from_bits_f32(a.power << 23), i = ion_from_bits_f32((254 - a.power) << 23), j = 1.0f - i;
    float y = j * j + (i * j + (4.0f + i * (i - 3.0f)) * t) / ((s + 1.0f) + (s - 1.0f) * t);
    y = size > 10.0f ? 1.0f : y;
    return copysignf(y, x);
}

ION_INLINE float ion_sinh_f32(float x) {
    float size = fabsf(x);
    ion_reduced_f32 a = ion_reduce_f32(size, 127 - 2);
    float z = a.r * a.r;
    float odd = a.r + (a.tail + (a.r * z) * (0.16666543f + z * 0.008366596f));
    float even = z * (0.5f + z * (0.041666266f + z * 0.0013946247f)) + a.r * a.tail;
    float up = ion_from_bits_f32(a.power << 23), down = ion_from_bits_f32((250 - a.power) << 23);
    down = size > 20.0f ? 0.0f : down;
    float whole = up - down, lost = (up - whole) - down;
    float y = 2.0f * (whole + ((up + down) * odd + (whole * even + lost)));
    y = size < 0x1p-13f ? size : y;
    y = size > 89.5f ? INFINITY : y;
    return copysignf(y, x);
}

ION_INLINE float ion_cosh_f32(float x) {
    float size = fabsf(x), half = ion_exp_core_f32(size, 1);
    float y = half + 0.25f / half;
    return size > 150.0f ? INFINITY : y;
}

typedef struct { float e, f, g, s; } ion_log_parts_f32;

ION_INLINE ion_log_parts_f32 ion_log_core_f32(float u) {
    uint32_t least = 0x3f3504f3u;  /* sqrt(1/2) */
    uint32_t word = ion_bits_f32(u) + (0x3f800000u - least);
    float m = ion_from_bits_f32((word & 0x007fffffu) + least);
    float e = ion_from_bits_f32((word >> 23) | 0x4b000000u) - (0x1p23f + 127.0f);
    float f = m - 1.0f, s = f / (2.0f + f), z = s * s;
    float p = 0.666667759f + z * (0.399774969f + z * 0.298730761f);
    ion_log_parts_f32 parts = {e, f, s * (f - z * p), s};
    return parts;
}

ION_INLINE float ion_log_edges_f32(float y, float u) {
    y = u < INFINITY ? y : u;
    float edge = u == 0.0f ? -INFINITY : NAN;
    return u > 0.0f ? y : edge;
}

ION_INLINE float ion_log_f32(float x) {
    float subnormal = x < 0x1p-126f ? 25.0f : 0.0f;
    ion_log_parts_f32 a = ion_log_core_f32(x < 0x1p-126f ? x * 0x1p25f : x);
    float e = a.e - subnormal;
    return ion_log_edges_f32(e * ION_LN2_HI_F32 - ((a.g - e * ION_LN2_LO_F32) - a.f), x);
}

/* gcc would fuse other products here than in ion_log, which costs the last bit */
ION_INLINE float ion_log_plain_f32(float x) { return ion_log_f32(x); }

ION_INLINE float ion_upper_f32(float x) { return ion_from_bits_f32(ion_bits_f32(x) & 0xfffff000u); }

ION_INLINE float ion_log10_f32(float x) {
    float subnormal = x < 0x1p-126f ? 25.0f : 0.0f;
    ion_log_parts_f32 a = ion_log_core_f32(x < 0x1p-126f ? x * 0x1p25f : x);
    float e = a.e - subnormal, high = ion_upper_f32(a.f), low = (a.f - high) - a.g;
    float rest = e * ION_LOG10_2_LO_F32 + (low * ION_LOG10E_HI_F32 + (a.f - a.g) * ION_LOG10E_LO_F32);
    float y = e * ION_LOG10_2_HI_F32 + (high * ION_LOG10E_HI_F32 + rest);
    return ion_log_edges_f32(y, x);
}

ION_INLINE float ion_log1p_f32(float x) {
    float u = 1.0f + x, part = u - 1.0f;
    float lost = (1.0f - (u - part)) + (x - part);
    ion_log_parts_f32 a = ion_log_core_f32(u);
    float power = ion_from_bits_f32(ion_bits_f32((0x1p23f + 128.0f) - a.e) << 23);
    float correction = (lost * power) * (0.5f - a.s * (1.0f - a.s));
    float y = a.e * ION_LN2_HI_F32 - ((a.g - (a.e * ION_LN2_LO_F32 + correction)) - a.f);
    return copysignf(ion_log_edges_f32(y, u), x);
}

ION_INLINE float ion_sqrt_f32(float x) { return sqrtf(x); }
ION_INLINE float ion_abs_f32(float x) { return fabsf(x); }
ION_INLINE float ion_floor_f32(float x) { return floorf(x); }
ION_INLINE float ion_ceil_f32(float x) { return ceilf(x); }
ION_INLINE float ion_min_f32(float a, float b) { float y = a < b ? a : b; return a == a ? y : a; }
ION_INLINE float ion_max_f32(float a, float b) { float y = a > b ? a : b; return a == a ? y : a; }

ION_INLINE float ion_sign_f32(float x) {
    float y = x > 0.0f ? 1.0f : x;
    y = x < 0.0f ? -1.0f : y;
    return x == 0.0f ? 0.0f : y;
}

ION_INLINE float ion_heaviside_f32(float x) { float y = x < 0.0f ? 0.0f : x; return x >= 0.0f ? 1.0f : y; }

ION_INLINE float ion_where_f32(float flag, float a, float b) {
    uint32_t size = ion_bits_f32(flag) << 1, mask = 0 - ((size | (0 - size)) >> 31);
    return ion_from_bits_f32((ion_bits_f32(a) & mask) | (ion_bits_f32(b) & ~mask));
}

/* In double, where a logarithm and an exponential are enough */
ION_INLINE float ion_pow_f32(float x, float y) {
    return (float)ion_pow_edges_f64(ion_exp_f64((double)y * ion_log_f64(fabs((double)x))), x, y);
}

ION_CALL float ion_sin_f32(float x) { return sinf(x); }
ION_CALL float ion_cos_f32(float x) { return cosf(x); }
ION_CALL float ion_tan_f32(float x) { return tanf(x); }
ION_CALL float ion_asin_f32(float x) { return asinf(x); }
ION_CALL float ion_acos_f32(float x) { return acosf(x); }
ION_CALL float ion_atan_f32(float x) { return atanf(x); }

/* ---- the type of the kernel: float where IONDSL_FLOAT32 is defined, else double ---- */

#ifdef IONDSL_FLOAT32
typedef float real;
typedef uint32_t ion_word;
#define ION_REAL(name) name##_f32
#else
typedef double real;
typedef uint64_t ion_word;
#define ION_REAL(name) name##_f64
#endif

#define ion_abs ION_REAL(ion_abs)
#define ion_acos ION_REAL(ion_acos)
#define ion_asin ION_REAL(ion_asin)
#define ion_atan ION_REAL(ion_atan)
#define ion_bernoulli ION_REAL(ion_bernoulli)
#define ion_bernoulli_above ION_REAL(ion_bernoulli_above)
#define ion_bernoulli_below ION_REAL(ion_bernoulli_below)
#define ion_ceil ION_REAL(ion_ceil)
#define ion_cos ION_REAL(ion_cos)
#define ion_cosh ION_REAL(ion_cosh)
#define ion_exp ION_REAL(ion_exp)
#define ion_exp_near ION_REAL(ion_exp_near)
#define ion_expm1 ION_REAL(ion_expm1)
#define ion_exprel ION_REAL(ion_exprel)
#define ion_exprel_of ION_REAL(ion_exprel_of)
#define ion_floor ION_REAL(ion_floor)
#define ion_heaviside ION_REAL(ion_heaviside)
#define ion_is_near ION_REAL(ion_is_near)
#define ion_log ION_REAL(ion_log)
#define ion_log10 ION_REAL(ion_log10)
#define ion_log1p ION_REAL(ion_log1p)
#define ion_log_plain ION_REAL(ion_log_plain)
#define ion_max ION_REAL(ion_max)
#define ion_min ION_REAL(ion_min)
#define ion_pow ION_REAL(ion_pow)
#define ion_reach ION_REAL(ion_reach)
#define ion_reach_plain ION_REAL(ion_reach_plain)
#define ion_sigmoid ION_REAL(ion_sigmoid)
#define ion_sign ION_REAL(ion_sign)
#define ion_sin ION_REAL(ion_sin)
#define ion_sinh ION_REAL(ion_sinh)
#define ion_sqrt ION_REAL(ion_sqrt)
#define ion_tan ION_REAL(ion_tan)
#define ion_tanh ION_REAL(ion_tanh)
#define ion_where ION_REAL(ion_where)
