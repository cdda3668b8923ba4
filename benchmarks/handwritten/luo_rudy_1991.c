/* Luo and Rudy 1991 by hand: gates by Rush-Larsen, V and calcium by forward Euler; 26 exponentials instead of 39, a
 * logarithm and 11 divisions. Each step of a block of cells takes short loops: the exponentials of V, what they are
 * combined to, and the exponentials of the gates. In one loop it is a tenth slower. In float V may be up to 75 mV.
 */
#include "elementary.h"

#define RT_F (8314*310.0/96500)
#define E_NA (RT_F*log(140/10.0))
#define E_K1 (RT_F*-3.2903347888503456)  /* log(5.4/145), which not every compiler takes for a constant */
#define E_K (RT_F*log((5.4 + 0.01833*140)/(145 + 0.01833*10)))

enum { BLOCK = 256/sizeof(real), V = 0, CA, M, H, J, D, F, X, STATES, GATES = STATES - M };
typedef real row[BLOCK] ALIGNED;

/* Exponentials of V that share no base; the twelve whose slopes are multiples of 1/(100 mV) are powers of the first. */
enum { E100, E125, M_BETA, H_ALPHA, H_BETA, H_BELOW, J_FALL, J_RISE, J_BETA, J_BELOW, D_BETA, X_ALPHA, X_BELOW,
       K1_ALPHA, K1_BETA, K1_FAR, K1_BELOW, KP, MODERATE, SWITCH = MODERATE, J_ABOVE, TERMS };

static const struct { real factor, slope, shift; } TERM[TERMS] = {  /* factor*exp(slope*(V - shift)) */
    [E100]     = {1, 0.01, 0},
    [E125]     = {1, -0.008, 0},
    [M_BETA]   = {0.08, -1/11.0, 0},
    [H_ALPHA]  = {0.135, -1/6.8, -80},
    [H_BETA]   = {3.56, 0.079, 0},
    [H_BELOW]  = {1, -1/11.1, -10.66},
    [J_FALL]   = {127140, 0.2444, 0},
    [J_RISE]   = {3.474e-5, -0.04391, 0},
    [J_BETA]   = {0.1212, -0.01052, 0},
    [J_BELOW]  = {1, -0.1378, -40.14},
    [D_BETA]   = {0.07, -0.017, -44},
    [X_ALPHA]  = {0.0005, 0.083, -50},
    [X_BELOW]  = {1, 0.057, -50},
    [K1_ALPHA] = {1, 0.2385, E_K1 + 59.215},
    [K1_BETA]  = {0.49124, 0.08032, E_K1 - 5.476},
    [K1_FAR]   = {1, 0.06175, E_K1 + 594.31},
    [K1_BELOW] = {1, -0.5143, E_K1 - 4.753},
    [KP]       = {1, -1/5.98, 7.488},
    [SWITCH]   = {1, 1/0.24, -40},
    [J_ABOVE]  = {1, 0.311, -79.23},
};

/* How far the last two need to go as powers of 2. Beyond, gates are the same, and float would leave its range. */
static const real LIMIT[TERMS - MODERATE] = {80, 30};

typedef struct { real inf, speed; } gate;

/* Of alpha = a/p and beta = b/q: the steady state and alpha + beta, with one division. */
INLINE gate gate_of(real a, real p, real b, real q)
{
    real sum = a*q + b*p, below = p*q, once = 1/(sum*below);
    return (gate){a*q*below*once, sum*sum*once};
}

INLINE void store(row *inf, row *decay, ptrdiff_t c, int state, real k, gate g)
{
    inf[state - M][c] = g.inf;
    decay[state - M][c] = k*g.speed;
}

void advance(real *restrict state, ptrdiff_t cells, ptrdiff_t steps, real dt, real I_stim)
{
    row s[STATES], e[TERMS], inf[GATES], decay[GATES];
    real slope[TERMS], offset[TERMS];
    for (int i = 0; i < TERMS; i++) {
        slope[i] = TERM[i].slope*LOG2E;
        offset[i] = log2(TERM[i].factor) - TERM[i].shift*slope[i];
    }
    const real k = -dt*LOG2E, E_Na = E_NA, E_K1_ = E_K1, E_K_ = E_K;
    for (ptrdiff_t first = 0; first < cells; first += BLOCK) {
        const ptrdiff_t here = cells - first < BLOCK ? cells - first : BLOCK, width = padded(here);
        for (int i = 0; i < STATES; i++) {
            memcpy(s[i], state + i*cells + first, here*sizeof(real));
            for (ptrdiff_t c = here; c < width; c++) s[i][c] = s[i][here - 1];
        }
        for (ptrdiff_t step = 0; step < steps; step++) {
            for (int i = 0; i < MODERATE; i++) {
#pragma omp simd
                for (ptrdiff_t c = 0; c < width; c++) e[i][c] = two_to(s[V][c]*slope[i] + offset[i]);
            }
            for (int i = MODERATE; i < TERMS; i++) {
                const real limit = LIMIT[i - MODERATE];
#pragma omp simd
                for (ptrdiff_t c = 0; c < width; c++) e[i][c] = two_to_within(s[V][c]*slope[i] + offset[i], limit);
            }
#pragma omp simd
            for (ptrdiff_t c = 0; c < width; c++) {
                const real v = s[V][c], m = s[M][c], y = e[E100][c], z = e[E125][c];
                const real y2 = y*y, y4 = y2*y2, y5 = y4*y, y10 = y5*y5, y15 = y10*y5, y18 = y10*(y4*y4);
                const real y20 = y10*y10, z2 = z*z, z4 = z2*z2, z9 = z4*z4*z;

                /* m: alpha = 3.2 u/(1 - exp(-u)), by its series near u = 0 */
                const real u = 0.1*v + 4.713, grown = exp(4.713)*y10;
                const real top = fabs(u) < NEAR ? 3.2 : 3.2*u*grown;
                const real below = fabs(u) < NEAR ? 1 - u*(1./2 - u*(1./6)) : grown - 1;
                store(inf, decay, c, M, k, gate_of(top, below, e[M_BETA][c], 1));

                /* h and j: `low` below -40 mV, `high` above */
                const real low = 1/(1 + e[SWITCH][c]), high = 1 - low, h_below = 1 + e[H_BELOW][c];
                const real h_beta = low*h_below*(e[H_BETA][c] + 3.1e5*(y20*y15)) + high*(1/0.13);
                store(inf, decay, c, H, k, gate_of(low*e[H_ALPHA][c], 1, h_beta, h_below));
                const real w = 2.535e-7*v, slow = 1 - w*(1 - w*(1./2));  /* exp(-w) */
                const real j_alpha = -low*(e[J_FALL][c] + e[J_RISE][c])*(v + 37.78);
                const real left = 1 + e[J_BELOW][c], above = exp(3.2)*y10, right = 1 + above;
                const real j_beta = low*e[J_BETA][c]*right + high*0.3*slow*above*left;
                store(inf, decay, c, J, k, gate_of(j_alpha, 1 + e[J_ABOVE][c], j_beta, left*right));

                store(inf, decay, c, D, k, gate_of(0.095*exp(0.05), y*(1 + exp(0.36)*z9),
                                                   e[D_BETA][c], 1 + exp(2.2)*y5));
                store(inf, decay, c, F, k, gate_of(0.012*exp(-0.224)*z, 1 + exp(4.2)*y15,
                                                   0.0065*exp(5.4)*y18, 1 + exp(6.0)*y20));
                store(inf, decay, c, X, k, gate_of(e[X_ALPHA][c], 1 + e[X_BELOW][c],
                                                   0.0013*exp(-1.2), y2*(y4 + exp(-0.8))));

                const real E_Ca = 7.7 - 13.0287*log_of(s[CA][c]*(1/1.8));
                const real I_si = 0.09*s[D][c]*s[F][c]*(v - E_Ca);
                const real x = 0.04*(v + 77);
                const real near = 2.837*0.04*exp(1.68)*(1 - x*(1./2 - x*(1./6)));
                const real far = 2.837*(exp(1.68)*y4 - exp(-1.4))/(y4*(v + 77));
                const real X_i = v > -100 ? (fabs(x) < NEAR ? near : far) : 1;
                const real K1_alpha = 1.02*(1 + e[K1_BELOW][c]);
                const real K1_beta = (e[K1_BETA][c] + e[K1_FAR][c])*(1 + e[K1_ALPHA][c]);
                const real inward = 0.6047*(K1_alpha/(K1_alpha + K1_beta)) + 0.0183/(1 + e[KP][c]);
                const real I = 16*(m*m*m)*s[H][c]*s[J][c]*(v - E_Na) + I_si + 0.282*s[X][c]*X_i*(v - E_K_)
                                 + inward*(v - E_K1_) + 0.03921*(v + 59.87);
                s[V][c] = v + dt*(I_stim - I);
                s[CA][c] += dt*(0.07*(1e-4 - s[CA][c]) - 1e-4*I_si);
            }
            for (int i = 0; i < GATES; i++) {
#pragma omp simd
                for (ptrdiff_t c = 0; c < width; c++)
                    s[M + i][c] = inf[i][c] + (s[M + i][c] - inf[i][c])*two_to(decay[i][c]);
            }
        }
        for (int i = 0; i < STATES; i++) memcpy(state + i*cells + first, s[i], here*sizeof(real));
    }
}
