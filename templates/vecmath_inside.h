/* Functions of moderate arguments, for kernels in which these are proven: without the code of vecmath.h for infinities
 * and subnormals. NaN gives NaN. Both are wrong beyond their arguments.
 *
 *   exp2_inside       2^t for |t| <= 1020 (float: 124). With t = n + f, |f| <= 1/2, a polynomial in f, in two chains,
 *                     to whose exponent n is added, which stands in the low bits of t + 1.5 * 2^52 (float: 2^23). The
 *                     polynomials are of degree 10 (6), by Chebyshev's series in 50 digits: 3e-16 (3e-9).
 *   bernoulli_inside  u / (E - 1) with E = exp(u), which is moderate, too: relative error below 1e-12, mostly that of
 *                     E - 1 near |u| = 2^-8, for an E that is wrong by 10 units in the last place (float: as bernoulli)
 */

ION_INLINE double ion_exp2_inside_f64(double t) {
    double shifted = t + 0x1.8p52, f = t - (shifted - 0x1.8p52), f2 = f * f;
    double even = 1.0 + f2 * (0.24022650695910097 + f2 * (0.009618129107606888 + f2 * (0.0001540353044173605
                  + f2 * (1.321544258792169e-06 + f2 * 7.072585949269223e-09))));
    double odd = 0.69314718055995 + f2 * (0.05550410866444772 + f2 * (0.0013333558230164974
                 + f2 * (1.5252657260200837e-05 + f2 * 1.0208690299958306e-07)));
    return ion_from_bits_f64(ion_bits_f64(even + f * odd) + (ion_bits_f64(shifted) << 52));
}

ION_INLINE double ion_bernoulli_inside_f64(double u, double E) {
    double near = 1.0 + u * (u * 0.08333333333333333 - 0.5), far = u / (E - 1.0);
    return fabs(u) < 0x1p-8 ? near : far;
}

ION_INLINE float ion_exp2_inside_f32(float t) {
    float shifted = t + 0x1.8p23f, f = t - (shifted - 0x1.8p23f), f2 = f * f;
    float even = 1.0f + f2 * (0.2402265f + f2 * (0.009618057f + f2 * 0.00015461444f));
    float odd = 0.6931472f + f2 * (0.055503272f + f2 * 0.0013400428f);
    return ion_from_bits_f32(ion_bits_f32(even + f * odd) + (ion_bits_f32(shifted) << 23));
}

ION_INLINE float ion_bernoulli_inside_f32(float u, float E) {
    float far = u / (E - 1.0f);
    return fabsf(u) < 1.0f ? ion_bernoulli_near_f32(u) : far;
}

#define ion_bernoulli_inside ION_REAL(ion_bernoulli_inside)
#define ion_exp2_inside ION_REAL(ion_exp2_inside)
