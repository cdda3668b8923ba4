/* Hodgkin and Huxley 1952 by hand, all of a step in one loop: 5 exponentials and 6 divisions (fewer are not faster). */
#include "elementary.h"

enum { BLOCK = 128, V = 0, M = 1, H = 2, N = 3, STATES = 4 };
typedef real row[BLOCK] ALIGNED;

void advance(real *restrict state, ptrdiff_t cells, ptrdiff_t steps, real dt, real I_app)
{
    row s[STATES];
    const real k = -dt*LOG2E;
    for (ptrdiff_t first = 0; first < cells; first += BLOCK) {
        const ptrdiff_t here = cells - first < BLOCK ? cells - first : BLOCK, width = padded(here);
        for (int i = 0; i < STATES; i++) {
            memcpy(s[i], state + i*cells + first, here*sizeof(real));
            for (ptrdiff_t c = here; c < width; c++) s[i][c] = s[i][here - 1];
        }
        for (ptrdiff_t step = 0; step < steps; step++) {
#pragma omp simd
            for (ptrdiff_t c = 0; c < width; c++) {
                const real v = s[V][c], m = s[M][c], h = s[H][c], n = s[N][c], n2 = n*n;
                const real e80 = two_to(v*(-LOG2E/80) - 65*LOG2E/80);  /* exp(-(V + 65)/80) */
                const real e40 = e80*e80, e20 = e40*e40, e10 = e20*e20;
                const real beta_m = 4*two_to(v*(-LOG2E/18) - 65*LOG2E/18);

                /* alpha = u/(1 - exp(-u)) = top/below, by its series near u = 0; alpha + beta = sum/below */
                const real um = 0.1*v + 4, un = 0.1*v + 5.5;
                const real top_m = fabs(um) < NEAR ? 1 : um, top_n = fabs(un) < NEAR ? 0.1 : 0.1*un;
                const real below_m = fabs(um) < NEAR ? 1 - um*(1./2 - um*(1./6)) : 1 - 12.182493960703473*e10;
                const real below_n = fabs(un) < NEAR ? 1 - un*(1./2 - un*(1./6)) : 1 - 2.718281828459045*e10;
                const real sum_m = top_m + beta_m*below_m, sum_n = top_n + 0.125*e80*below_n;
                const real m_inf = top_m/sum_m, n_inf = top_n/sum_n;

                /* beta = 1/below */
                const real below_h = 1 + 20.085536923187668*e10, sum_h = 1 + 0.07*e20*below_h;
                const real h_inf = 1 - 1/sum_h;

                const real I = 120*(m*m*m)*h*(v - 50) + 36*(n2*n2)*(v + 77) + 0.3*(v + 54.387);
                s[V][c] = v + dt*(I_app - I);
                s[M][c] = m_inf + (m - m_inf)*two_to(k*(sum_m/below_m));
                s[H][c] = h_inf + (h - h_inf)*two_to(k*(sum_h/below_h));
                s[N][c] = n_inf + (n - n_inf)*two_to(k*(sum_n/below_n));
            }
        }
        for (int i = 0; i < STATES; i++) memcpy(state + i*cells + first, s[i], here*sizeof(real));
    }
}
