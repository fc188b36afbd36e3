import type { CountedBuild } from './writer';

type Counted = Pick<CountedBuild, 'build' | 'commits' | 'state'>;

/** How many commits of each live build this process was told of: what it was not told of, it finds out by looking. */
export class Heard {
  private readonly commits = new Map<number, number>();
  private seen = new Map<number, number>();

  of(build: number, commits: number): void {
    this.commits.set(build, Math.max(commits, this.commits.get(build) ?? 0));
  }

  /** No reader follows changes yet: all commits up to now count as told. */
  startAt(builds: readonly Counted[]): void {
    for (const { build, commits, state } of builds) if (state === 'live') this.of(build, commits);
  }

  /** It is not known whether these commits stand: if they do, they were missed. */
  notSure(builds: readonly number[]): void {
    for (const build of builds) this.commits.delete(build);
  }

  /** Were commits made that this process was not told of by now? They count as told from here on. */
  misses(builds: readonly Counted[]): boolean {
    const live = builds.filter(({ state }) => state === 'live');
    const missed = live.some(({ build, commits }) => commits > (this.commits.get(build) ?? 0));
    this.startAt(live);
    this.seen = new Map();
    return missed;
  }

  /** As `misses`, of commits that were seen at the look before already: what is said has had the time between to arrive. */
  stillMisses(builds: readonly Counted[]): boolean {
    const before = this.seen;
    const late = [...before].some(([build, commits]) => commits > (this.commits.get(build) ?? 0));
    if (late) return this.misses(builds);
    this.seen = new Map(builds.flatMap(({ build, commits, state }) => (state === 'live' ? [[build, commits]] : [])));
    return false;
  }
}
