/* The population part of a year in C: the same sums as sim/model/people/kernels/year.py, for its timing alone.

   Arrays lie as NumPy lays them: old, new [lane][CELLS][GROUPS]; group = sex x age; cell = zone x registration. */

#include <string.h>

enum { ZONES = 4, REGISTRATIONS = 3, AGES = 101, CELLS = ZONES * REGISTRATIONS, GROUPS = 2 * AGES };
enum { CITY = 0, RURAL = 2, AWAY = 3, OUTSIDE = 2, MALE = 0, FEMALE = 1 };
enum { DEATH_LEVEL = 0, MALES_AT_BIRTH = 1, LEFT_BEHIND = 2, TFR = 3, ARRIVALS = TFR + ZONES, LEADING = ARRIVALS + ZONES - 1 };
enum { BIRTHS = 0, DEATHS = CELLS, ARRIVED = 2 * CELLS, MOVED = ARRIVED + ZONES - 1 };

static const double CEILING = 0.9;

typedef struct {
    const long *rows; /* source, destination or -1, flow */
    long count;
} routes;

typedef struct {
    const double *deaths_ratio, *fertility, *profiles, *peaks, *arrival_profile;
    long flows;
} schedules;

static double smaller(double a, double b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }

static double survive(const double *restrict start, const double *restrict ratio, double level, double *restrict end) {
    double deaths = 0.0;
    end[0] = 0.0;
    for (int age = 1; age < AGES - 1; age++) {
        double dead = start[age - 1] * smaller(level * ratio[age], 1.0);
        end[age] = start[age - 1] - dead;
        deaths += dead;
    }
    double oldest = start[AGES - 2] + start[AGES - 1];
    double dead = oldest * smaller(level * ratio[AGES - 1], 1.0);
    end[AGES - 1] = oldest - dead;
    return deaths + dead;
}

static void compete(const double *restrict people, const long *rows, long count, const double *rates,
                    const double *profiles, double *restrict at_risk) {
    memset(at_risk, 0, GROUPS * sizeof(double));
    for (long route = 0; route < count; route++) {
        long flow = rows[3 * route + 2];
        double rate = rates[flow];
        const double *restrict profile = profiles + flow * GROUPS;
        if (rate > 0.0)
            for (int group = 0; group < GROUPS; group++) at_risk[group] += rate * profile[group];
    }
    for (int group = 0; group < GROUPS; group++)
        at_risk[group] = people[group] * (CEILING / larger(at_risk[group], CEILING));
}

static double most(const long *rows, long count, const double *rates, const double *peaks) {
    double sum = 0.0;
    for (long route = 0; route < count; route++) {
        long flow = rows[3 * route + 2];
        if (rates[flow] > 0.0) sum += rates[flow] * peaks[flow];
    }
    return sum;
}

static double leave(double *restrict origin, double *restrict target, double rate, const double *restrict profile,
                    const double *restrict at_risk) {
    double people = 0.0;
    if (!target) {
        for (int group = 0; group < GROUPS; group++) {
            double movers = at_risk[group] * (rate * profile[group]);
            origin[group] -= movers;
            people += movers;
        }
        return people;
    }
    for (int group = 0; group < GROUPS; group++) {
        double movers = at_risk[group] * (rate * profile[group]);
        origin[group] -= movers;
        target[group] += movers;
        people += movers;
    }
    return people;
}

static void move(double *pop, routes of, const double *rates, const schedules *given, double *moved, double *at_risk) {
    const double *profiles = given->profiles;
    for (long first = 0; first < of.count;) {
        long source = of.rows[3 * first], end = first;
        while (end < of.count && of.rows[3 * end] == source) end++;
        if (most(of.rows + 3 * first, end - first, rates, given->peaks) <= CEILING)
            memcpy(at_risk + source * GROUPS, pop + source * GROUPS, GROUPS * sizeof(double));
        else
            compete(pop + source * GROUPS, of.rows + 3 * first, end - first, rates, profiles, at_risk + source * GROUPS);
        first = end;
    }
    for (long route = 0; route < of.count; route++) {
        const long *row = of.rows + 3 * route;
        if (rates[row[2]] > 0.0)
            moved[row[2]] += leave(pop + row[0] * GROUPS, row[1] < 0 ? 0 : pop + row[1] * GROUPS, rates[row[2]],
                                   profiles + row[2] * GROUPS, at_risk + row[0] * GROUPS);
    }
}

static const double *with_counts(const double *pop, const double *rates, const double *counts, routes of,
                                 const schedules *given, double *annual) {
    int any = 0;
    for (long flow = 0; flow < given->flows; flow++) any |= counts[flow] > 0.0;
    if (!any) return rates;
    memset(annual, 0, given->flows * sizeof(double));
    for (long route = 0; route < of.count; route++) {
        const long *row = of.rows + 3 * route;
        if (!(counts[row[2]] > 0.0)) continue;
        double sum = 0.0;
        for (int group = 0; group < GROUPS; group++)
            sum += pop[row[0] * GROUPS + group] * given->profiles[row[2] * GROUPS + group];
        annual[row[2]] += sum;
    }
    for (long flow = 0; flow < given->flows; flow++)
        annual[flow] = rates[flow] + (annual[flow] > 0.0 ? counts[flow] / annual[flow] : 0.0);
    return annual;
}

static void place(double *new, double *ledger, int zone, int registration, double born, const double *rates,
                  const double *ratio) {
    int cell = zone * REGISTRATIONS + registration;
    double level = rates[DEATH_LEVEL], males = rates[MALES_AT_BIRTH];
    double boys = born * males / (1.0 + males), girls = born - boys;
    double boys_alive = boys * (1.0 - smaller(level * ratio[(zone * 2 + MALE) * AGES], 1.0));
    double girls_alive = girls * (1.0 - smaller(level * ratio[(zone * 2 + FEMALE) * AGES], 1.0));
    new[cell * GROUPS + MALE * AGES] += boys_alive;
    new[cell * GROUPS + FEMALE * AGES] += girls_alive;
    ledger[BIRTHS + cell] += born;
    ledger[DEATHS + cell] += born - boys_alive - girls_alive;
}

static int lived_in(const double *lane, int zone) {
    for (int i = zone * REGISTRATIONS * GROUPS; i < (zone + 1) * REGISTRATIONS * GROUPS; i++)
        if (lane[i] > 0.0) return 1;
    return 0;
}

static void bear(const double *old, double *new, const double *rates, const schedules *given, double *ledger) {
    for (int cell = 0; cell < CELLS; cell++) {
        int zone = cell / REGISTRATIONS, registration = cell % REGISTRATIONS;
        const double *before = old + cell * GROUPS + FEMALE * AGES, *after = new + cell * GROUPS + FEMALE * AGES;
        const double *fertility = given->fertility + zone * AGES;
        double total = 0.0;
        for (int age = 0; age < AGES; age++) total += fertility[age] * (before[age] + after[age]);
        double born = rates[TFR + zone] * 0.5 * total;
        if (registration == OUTSIDE) born *= 1.0 - rates[LEFT_BEHIND];
        if (zone == AWAY && born > 0.0) {
            double left = born * rates[LEFT_BEHIND];
            place(new, ledger, lived_in(old, RURAL) ? RURAL : CITY, registration, left, rates, given->deaths_ratio);
            born -= left;
        }
        if (born > 0.0) place(new, ledger, zone, registration, born, rates, given->deaths_ratio);
    }
}

static int any_rate(const double *rates, routes of) {
    for (long route = 0; route < of.count; route++)
        if (rates[of.rows[3 * route + 2]] > 0.0) return 1;
    return 0;
}

static void lane_year(const double *old, double *new, const double *rates, const double *counts,
                      const schedules *given, const routes *of, double *ledger, long width, double *at_risk) {
    memset(ledger, 0, width * sizeof(double));
    for (int cell = 0; cell < CELLS; cell++)
        for (int sex = 0; sex < 2; sex++) {
            long at = cell * GROUPS + sex * AGES;
            ledger[DEATHS + cell] += survive(old + at, given->deaths_ratio + (cell / REGISTRATIONS * 2 + sex) * AGES,
                                             rates[DEATH_LEVEL], new + at);
        }
    double room[given->flows], *moved = ledger + MOVED;
    const double *annual = with_counts(new, rates + LEADING, counts, of[0], given, room);
    move(new, of[0], annual, given, moved, at_risk);
    for (int zone = 0; zone < ZONES - 1; zone++) {
        double people = rates[ARRIVALS + zone];
        if (!(people > 0.0)) continue;
        ledger[ARRIVED + zone] = people;
        double *row = new + (zone * REGISTRATIONS + OUTSIDE) * GROUPS;
        for (int group = 0; group < GROUPS; group++) row[group] += people * given->arrival_profile[zone * GROUPS + group];
    }
    bear(old, new, rates, given, ledger);
    for (int kind = 1; kind < 3; kind++)
        if (any_rate(annual, of[kind])) move(new, of[kind], annual, given, moved, at_risk);
}

/* One year of every lane of one region. rates [lane][columns]; counts [lane][flows]; ledger [lane][width];
   before: persons before the year [lane]; rows, count: routes of transfers, boundaries and registration. */
void lanes_year(long lanes, const double *old, double *new, const double *rates, long columns, const double *counts,
                long flows, const double *deaths_ratio, const double *fertility, const double *profiles,
                const double *peaks, const double *arrival_profile, const long *transfer, long n_transfer, const long *boundary,
                long n_boundary, const long *registration, long n_registration, double *ledger, long width,
                double *before) {
    const schedules given = {deaths_ratio, fertility, profiles, peaks, arrival_profile, flows};
    const routes of[3] = {{transfer, n_transfer}, {boundary, n_boundary}, {registration, n_registration}};
    double at_risk[CELLS * GROUPS];
    for (long lane = 0; lane < lanes; lane++) {
        const double *people = old + lane * CELLS * GROUPS;
        double sum = 0.0;
        for (int at = 0; at < CELLS * GROUPS; at++) sum += people[at];
        before[lane] = sum;
        lane_year(people, new + lane * CELLS * GROUPS, rates + lane * columns, counts + lane * flows, &given, of,
                  ledger + lane * width, width, at_risk);
    }
}
