/* Of elementary.h, what depends on the size of numbers: floats. */
typedef float real;

/* Where 1 - exp(-u) gives way to its series: either is 2e-6 off there. */
#define NEAR 0.03

INLINE uint32_t bits_of(float x) { uint32_t u; memcpy(&u, &x, sizeof u); return u; }
INLINE float from_bits(uint32_t u) { float x; memcpy(&x, &u, sizeof x); return x; }

/* 2^t for |t| < 126, as in elementary_double.h; the polynomial is of degree 5, 9e-8 off. */
INLINE float two_to(float t)
{
    float shifted = t + 0x1.8p23, f = t - (shifted - 0x1.8p23), f2 = f*f;
    float even = 1.0 + f2*(0.24022242 + f2*0.009671513), odd = 0.693147 + f2*(0.055507336 + f2*0.001326473);
    return from_bits(bits_of(even + f*odd) + (bits_of(shifted) << 23));
}

/* 2^t, |t| held to a limit. */
INLINE float two_to_within(float t, float limit)
{
    t = t < limit ? t : limit;
    return two_to(t > -limit ? t : -limit);
}

/* log(x) for normal x > 0, as in elementary_double.h; 1e-9 off beside rounding. */
INLINE float log_of(float x)
{
    const uint32_t least = 0x3f3504f3u;  /* sqrt(1/2) */
    uint32_t word = bits_of(x) + (0x3f800000u - least);
    float m = from_bits((word & 0x007fffffu) + least);
    float e = (float)(int32_t)(word >> 23) - 127.0;
    float s = (m - 1.0)/(m + 1.0), z = s*s;
    return e*0.6931471805599453 + (2.0*s + s*z*(0.66666776 + z*(0.39977574 + z*0.29870936)));
}
