/* 2^t, to which kernels bring most exponentials. Behind vecmath.h.
 *
 * Where a processor looks up numbers in a register as fast as it adds them, 2^t is 2^(j/16) from a table, times a power
 * of 2, times 2^f for what is left of t, |f| <= 1/32, by a polynomial of degree 6 (float: 3; in 256 bits from 2^(j/8),
 * |f| <= 1/16). That is four multiplications of twelve less, and an error of 1.1 units in the last place (1.0; 1.2),
 * most of it that of the table and of the last sum. No compiler makes this of a loop, so that it is written down for
 * `ion_several` numbers at a time. Elsewhere |f| <= 1/2 and the polynomial has degree 10 (6), in two chains: at most 1.5
 * units off, 2.6 (without FMA 2.8) with what its sums are rounded by. One degree more would be 1.4 off, and take 3 % of
 * a kernel. All are exact for whole t.
 *
 * Adding 1.5 * 2^52 (float: 2^23), or a sixteenth (eighth) of it, rounds t to a whole number (of these), in the low bits
 * of the sum. The bits of j/16 are taken off those of 2^(j/16) beforehand: added, they are shifted to the exponent. */
#if defined(__GNUC__) && defined(__AVX512F__)
#define ION_SIXTEENTHS_F64
#define ION_LOOKED_UP_F32 16
#elif defined(__GNUC__) && defined(__AVX2__)
#define ION_LOOKED_UP_F32 8
#endif

/* ---- double ---- */

#ifdef ION_SIXTEENTHS_F64
typedef double ion_doubles __attribute__((vector_size(64), aligned(8), may_alias));
typedef uint64_t ion_words_f64 __attribute__((vector_size(64), may_alias));

static const uint64_t ion_sixteenths_f64[16] __attribute__((aligned(64))) = {
    0x3ff0000000000000u, 0x3fefb5586cf9890fu, 0x3fef72b83c7d517bu, 0x3fef387a6e756238u,
    0x3fef06fe0a31b715u, 0x3feedea64c123422u, 0x3feebfdad5362a27u, 0x3feeab07dd485429u,
    0x3feea09e667f3bcdu, 0x3feea11473eb0187u, 0x3feeace5422aa0dbu, 0x3feec49182a3f090u,
    0x3feee89f995ad3adu, 0x3fef199bdd85529cu, 0x3fef5818dcfba487u, 0x3fefa4afa2a490dau,
};

/* 2^f - 1, with least multiplications: cells side by side hide how long one of them takes */
#define ION_GROWTH_F64(f)                                                                                         \
    ((f) * (0.6931471805599468 + (f) * (0.24022650695910086 + (f) * (0.05550410865209357 + (f) * (0.009618129106525682 \
            + (f) * (0.001333381881538924 + (f) * 0.0001540375624545771))))))

/* 2^t for |t| <= 1020, with the bits of ion_exp2 */
ION_INLINE double ion_exp2_inside_f64(double t) {
    double shifted = t + 0x1.8p48, f = t - (shifted - 0x1.8p48);
    uint64_t n = ion_bits_f64(shifted);
    double part = ion_from_bits_f64(ion_sixteenths_f64[n % 16] + (n << 48));
    return part + part * ION_GROWTH_F64(f);
}

ION_INLINE ion_doubles ion_exp2_inside_doubles(ion_doubles t) {
    const ion_words_f64 *table = (const ion_words_f64 *)ion_sixteenths_f64;
    ion_doubles shifted = t + 0x1.8p48, f = t - (shifted - 0x1.8p48);
    ion_words_f64 n = (ion_words_f64)shifted;
#ifdef __clang__
    ion_words_f64 found = (ion_words_f64)__builtin_ia32_vpermi2varq512(table[0], n, table[1]);
#else
    ion_words_f64 found = __builtin_shuffle(table[0], table[1], n);
#endif
    ion_doubles part = (ion_doubles)(found + (n << 48));
    return part + part * ION_GROWTH_F64(f);
}

ION_INLINE double ion_exp2_fraction_f64(double f) { return ion_exp2_inside_f64(f); }
#else
/* 2^f for |f| <= 1/2 */
ION_INLINE double ion_exp2_fraction_f64(double f) {
    double f2 = f * f;
    double odd = 0.6931471805599481 + f2 * (0.05550410866452495 + f2 * (0.0013333558220734783
                 + f2 * (1.5252661781783318e-05 + f2 * 1.0207944446440264e-07)));
    double even = 0.24022650695908593 + f2 * (0.009618129108140748 + f2 * (0.00015403529833024436
                  + f2 * (1.3215721068747066e-06 + f2 * 7.028200140550984e-09)));
    return 1.0 + f * (odd + f * even);
}

/* 2^t for |t| <= 1020, with the bits of ion_exp2 */
ION_INLINE double ion_exp2_inside_f64(double t) {
    double shifted = t + 0x1.8p52, f = t - (shifted - 0x1.8p52);
    return ion_from_bits_f64(ion_bits_f64(ion_exp2_fraction_f64(f)) + (ion_bits_f64(shifted) << 52));
}
#endif

/* 2^t, for |t| < 1100 with 2^n in two factors as in ion_exp_core */
ION_INLINE double ion_exp2_f64(double t) {
    double shift = 0x1.8p52 + 2 * 1023, shifted = t + shift, f = t - (shifted - shift);
    uint64_t power = ion_bits_f64(shifted), half = (power << 51) & 0x7ff0000000000000u;
    double y = ion_exp2_fraction_f64(f) * ion_from_bits_f64(half) * ion_from_bits_f64((power << 52) - half);
    y = t > 1100.0 ? INFINITY : y;
    return t < -1100.0 ? 0.0 : y;
}

/* ---- float ---- */

#ifdef ION_LOOKED_UP_F32
#if ION_LOOKED_UP_F32 == 16
typedef float ion_floats __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint32_t ion_words_f32 __attribute__((vector_size(64), may_alias));
#define ION_SHIFT_F32 0x1.8p19f
#define ION_UP_F32 19
#define ION_GROWTH_F32(f) ((f) * (0.6931472f + (f) * (0.24023429f + (f) * 0.055502135f)))
static const uint32_t ion_table_f32[16] __attribute__((aligned(64))) = {
    0x3f800000u, 0x3f7daac3u, 0x3f7b95c2u, 0x3f79c3d3u, 0x3f7837f0u, 0x3f76f532u, 0x3f75fed7u, 0x3f75583fu,
    0x3f7504f3u, 0x3f7508a4u, 0x3f75672au, 0x3f76248cu, 0x3f7744fdu, 0x3f78ccdfu, 0x3f7ac0c7u, 0x3f7d257du,
};
#else
typedef float ion_floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint32_t ion_words_f32 __attribute__((vector_size(32), may_alias));
#define ION_SHIFT_F32 0x1.8p20f
#define ION_UP_F32 20
#define ION_GROWTH_F32(f) ((f) * (0.69314724f + (f) * (0.24025764f + (f) * 0.05549622f)))
static const uint32_t ion_table_f32[8] __attribute__((aligned(32))) = {
    0x3f800000u, 0x3f7b95c2u, 0x3f7837f0u, 0x3f75fed7u, 0x3f7504f3u, 0x3f75672au, 0x3f7744fdu, 0x3f7ac0c7u,
};
#endif

/* for |t| <= 124 */
ION_INLINE float ion_exp2_inside_f32(float t) {
    float shifted = t + ION_SHIFT_F32, f = t - (shifted - ION_SHIFT_F32);
    uint32_t n = ion_bits_f32(shifted);
    float part = ion_from_bits_f32(ion_table_f32[n % ION_LOOKED_UP_F32] + (n << ION_UP_F32));
    return part + part * ION_GROWTH_F32(f);
}

ION_INLINE ion_floats ion_exp2_inside_floats(ion_floats t) {
    ion_floats shifted = t + ION_SHIFT_F32, f = t - (shifted - ION_SHIFT_F32);
    ion_words_f32 n = (ion_words_f32)shifted, table = *(const ion_words_f32 *)ion_table_f32;
#ifndef __clang__
    ion_words_f32 found = __builtin_shuffle(table, n);
#elif ION_LOOKED_UP_F32 == 16
    ion_words_f32 found = (ion_words_f32)__builtin_ia32_permvarsi512(table, n);
#else
    ion_words_f32 found = (ion_words_f32)__builtin_ia32_permvarsi256(table, n);
#endif
    ion_floats part = (ion_floats)(found + (n << ION_UP_F32));
    return part + part * ION_GROWTH_F32(f);
}

ION_INLINE float ion_exp2_fraction_f32(float f) { return ion_exp2_inside_f32(f); }
#else
ION_INLINE float ion_exp2_fraction_f32(float f) {
    float f2 = f * f;
    float even = 1.0f + f2 * (0.2402265f + f2 * (0.009618057f + f2 * 0.00015461444f));
    float odd = 0.6931472f + f2 * (0.055503272f + f2 * 0.0013400428f);
    return even + f * odd;
}

/* for |t| <= 124 */
ION_INLINE float ion_exp2_inside_f32(float t) {
    float shifted = t + 0x1.8p23f, f = t - (shifted - 0x1.8p23f);
    return ion_from_bits_f32(ion_bits_f32(ion_exp2_fraction_f32(f)) + (ion_bits_f32(shifted) << 23));
}
#endif

/* for |t| < 200 with 2^n in two factors */
ION_INLINE float ion_exp2_f32(float t) {
    float shift = 0x1.8p23f + 2 * 127, shifted = t + shift, f = t - (shifted - shift);
    uint32_t power = ion_bits_f32(shifted), half = (power << 22) & 0x7f800000u;
    float y = ion_exp2_fraction_f32(f) * ion_from_bits_f32(half) * ion_from_bits_f32((power << 23) - half);
    y = t > 200.0f ? INFINITY : y;
    return t < -200.0f ? 0.0f : y;
}

/* ---- the type of the kernel, and as many of it as are taken at a time: ION_AT(x, i), ... of an array ---- */

#define ion_exp2 ION_REAL(ion_exp2)
#define ion_exp2_inside ION_REAL(ion_exp2_inside)

#if defined(IONDSL_FLOAT32) && defined(ION_LOOKED_UP_F32)
typedef ion_floats ion_several;
#define ion_exp2_several ion_exp2_inside_floats
#elif !defined(IONDSL_FLOAT32) && defined(ION_SIXTEENTHS_F64)
typedef ion_doubles ion_several;
#define ion_exp2_several ion_exp2_inside_doubles
#else
typedef real ion_several;
#define ion_exp2_several ion_exp2_inside
#endif
enum { ION_SEVERAL = sizeof(ion_several)/sizeof(real) };
#define ION_AT(x, i) (*(ion_several *)((x) + (i)))
