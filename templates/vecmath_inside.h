/* u / (E - 1) with E = exp(u) for moderate arguments, in kernels in which these are proven: relative error below 1e-12,
 * mostly that of E - 1 near |u| = 2^-8, for an E that is wrong by 10 units in the last place (float: as bernoulli). NaN
 * gives NaN. */

ION_INLINE double ion_bernoulli_inside_f64(double u, double E) {
    double near = 1.0 + u * (u * 0.08333333333333333 - 0.5), far = u / (E - 1.0);
    return fabs(u) < 0x1p-8 ? near : far;
}

ION_INLINE float ion_bernoulli_inside_f32(float u, float E) {
    float far = u / (E - 1.0f);
    return fabsf(u) < 1.0f ? ion_bernoulli_near_f32(u) : far;
}

#define ion_bernoulli_inside ION_REAL(ion_bernoulli_inside)
