"""The filter bank of one series and its 217 features in numpy, as in the trial from which the library's was written.

Vectorised over experts, with linear solves where the library has Cholesky's factors. Row t of every result uses rows before t.
"""

import numpy as np

from fixture import write

Q = np.array([0, 1e-4, 5e-4, 2e-3, 8e-3, 3e-2, 0.12])
V = [np.inf, 0.3, 0.06, 0.012]
NF, NE, FIRST = 14, 57, 5
HALF_LIVES = [12.0, 48.0, 1e9]


def bank(x, y, times):
    T, K = x.shape
    diagonal = np.arange(K)
    sx2, sy2 = (x[:FIRST] ** 2).mean(0) + 1e-30, (y[:FIRST] ** 2).mean() + 1e-30
    b, P = np.zeros((NF, K)), np.zeros((NF, K, K))
    P[:, diagonal, diagonal] = 4 * sy2 / sx2
    sse, ssx, ssy, n = 3 * sy2, 3 * sx2, 3 * sy2, 0
    v, vx, k4, ev = sy2, 1.0, 3.0, np.ones(K)
    D, decay = np.zeros((3, NE)), 0.5 ** (1 / np.array(HALF_LIVES))
    ac, acn, last = np.zeros(3), 0.0, [np.zeros(K)] * 3
    cus, ccum, peak = np.zeros(K), np.zeros(K), 0.0
    zc, za, zstat = np.zeros((4, K)), np.zeros((4, K)), np.zeros(4)
    robust, steps, seen = np.repeat([False, True], 7), np.tile(Q, 2), []
    out = []
    for t in range(T + 1):
        se, sx, sy = sse / (n + 3), ssx / (n + 3), ssy / (n + 3)
        u2 = se / sx
        experts = [b]
        for w in V[1:]:
            A = P.copy()
            A[:, diagonal, diagonal] += w * u2
            experts.append(w * u2 * np.linalg.solve(A, b[..., None])[..., 0])
        E = np.concatenate([*experts, np.zeros((1, K))])
        z = np.zeros((4, K))
        if seen:
            sums = [sum(seen[-m:]) / np.sqrt(min(m, len(seen))) for m in (1, 3, 6)]
            z = np.clip([*(s / np.sqrt(sx) for s in sums), np.log(ev + 1e-6)], -2, 2)
        Z = zc / (za + 25 * sx) * z
        if t in times:
            rows = [min(n + 1.0, h * 1.4427) for h in HALF_LIVES]
            Pd = P[:, diagonal, diagonal]
            distance = np.sqrt(((b - b[:1]) ** 2 / Pd).mean(-1))[1:]
            size = np.sqrt((b**2 / Pd).mean(-1))
            F = [np.clip(D[h] / np.sqrt(4 * rows[h]), -6, 6) for h in range(3)]
            F += [np.clip(distance, 0, 8), np.log1p(np.clip(size, 0, 12))]
            F += [[np.log(t / 50), 4 / np.sqrt(t), np.log(v / se), np.log(np.clip(vx, 0.05, 20))]]
            F += [[np.log(np.clip(k4, 1, 40) / 3), np.log(np.clip(se / sy, 0.02, 1.5))]]
            F += [np.clip(ac / np.sqrt(acn + 1e-9), -6, 6), [np.clip(peak / np.sqrt(n + 1), 0, 8)]]
            F += [[np.clip(np.sqrt((cus**2).mean()), 0, 8)], np.clip(zstat / np.sqrt(n + 1), -6, 6)]
            F += [np.clip(np.abs(z).mean(-1), 0, 2)]
            weights = np.exp(0.25 * (D[2] - D[2].max()))
            out.append((np.concatenate(F), E, Z, np.sqrt(u2), weights @ E / weights.sum()))
        if t == T:
            break
        xt, yt = x[t], y[t]
        error = yt - E @ xt
        d = np.clip((error[0] ** 2 - error**2) / se, -12, 12)
        D = decay[:, None] * D + d
        ref, slow = error[2 * NF + 2], error[NF + 1]
        r2 = min(ref**2, 12 * se)
        zstat += np.clip((slow**2 - (slow - Z @ xt) ** 2) / se, -12, 12)
        w = min(1, 3 * np.sqrt(se) / (abs(slow) + 1e-30))
        zc += w * xt * z * slow
        za += w * (xt * z) ** 2
        score = np.clip(xt * ref / np.sqrt(se * sx), -5, 5)
        ac += [(score * s).mean() for s in last]
        acn += (score * last[0]).mean() ** 2
        last = [score, *last[:2]]
        ccum = ccum + score
        peak = max(peak, np.sqrt((ccum**2).mean()))
        cus = 0.9 * cus + score * np.sqrt(0.19)
        k4 = 0.98 * k4 + 0.02 * min(ref**4 / se**2, 60)
        Px = P @ xt
        xPx, nu = Px @ xt, yt - b @ xt
        r = np.where(robust, 0.3 * se + 0.7 * v, se)
        S = xPx + r * np.where(robust, np.maximum(1, nu**2 / (5 * (xPx + r))), 1)
        G = Px / S[:, None]
        b = b + G * nu[:, None]
        P = P - G[:, :, None] * Px[:, None, :]
        P[:, diagonal, diagonal] += steps[:, None] * u2
        sse, ssx, ssy, n = sse + r2, ssx + xt**2, ssy + yt**2, n + 1
        v, vx = 0.93 * v + 0.07 * r2, 0.93 * vx + 0.07 * min((xt**2 / sx).mean(), 12)
        ev = 0.85 * ev + 0.15 * np.minimum(xt**2 / sx, 12)
        seen.append(xt)
    return out


if __name__ == "__main__":
    rng = np.random.default_rng(20180131)
    T, cases = 120, []
    for K in (1, 3):
        x = np.round(0.04 * rng.standard_t(4, (T, K)), 6)
        beta = 0.8 + 0.6 * np.sin(np.arange(T) / 15)[:, None] * np.arange(1, K + 1)
        y = np.round((beta * x).sum(1) + 0.08 * rng.standard_t(4, T), 6)
        times = [5, 6, 9, 24, 77, 120]
        names = ["features", "experts", "terms", "unit", "weighted"]
        rows = [dict(zip(names, (a.ravel().tolist() for a in row))) for row in bank(x, y, times)]
        cases.append({"markets": K, "x": x.ravel().tolist(), "y": y.tolist(), "times": times, "rows": rows})
    write("filter-bank", "the trial's bank in numpy, double precision", [np], cases=cases)
