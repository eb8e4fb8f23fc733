/** The try of one case: asks, judges each answer by the contract, and states what is wrong. */
import { type Basis, basisOfStatus, type Operation } from './contract.ts';
import { type Broken, judge } from './judge.ts';
import type { Answer, Ask, Exchange, NoAnswer } from './request.ts';
import { Skip, type World } from './world.ts';

/** Thrown by a case whose rule is broken. */
export class Breach extends Error {
  readonly broken: readonly Broken[];
  constructor(broken: readonly Broken[]) {
    super(broken[0]?.rule);
    this.broken = broken;
  }
}

/** What the cases of a run have found together, so that one defect is told once. */
export interface Findings {
  /** Of answers: what is wrong with them whatever was asked, by where it stands in the contract. */
  known: Set<string>;
  /** Operations whose plainest request fails. */
  lost: Set<Operation>;
  /** Operations with a case that failed, and the title of the first one. */
  told: Map<Operation, string>;
  /** Requests that had no answer, and the case that tells. */
  unanswered: Map<NoAnswer, string>;
}

/** Nothing found yet. */
export const noFindings = (): Findings => ({
  known: new Set(),
  lost: new Set(),
  told: new Map(),
  unanswered: new Map(),
});

export class Trial {
  readonly world: World;
  /** What was asked and answered so far, in order. */
  readonly exchanges: Exchange[] = [];
  readonly #basis: Basis;
  readonly #findings: Findings;
  readonly #plain: boolean;

  constructor(world: World, basis: Basis, findings: Findings, plain = false) {
    this.world = world;
    this.#basis = basis;
    this.#findings = findings;
    this.#plain = plain;
  }

  /** Asks, and gives whatever comes but a 429 that is not asked for. Throws `NoAnswer`. */
  async send(ask: Ask): Promise<Answer> {
    const exchange = await this.world.ask(ask);
    this.exchanges.push(exchange);
    if (ask.wants !== 429) this.#skipIfThrottled(ask.operation, exchange.answer);
    return exchange.answer;
  }

  /**
   * Asks, and demands one of these statuses, with the headers, the media type and the body that the contract has for it.
   * What is wrong with an answer for reasons that have nothing to do with the request is told by the first case that
   * meets it; the others look beyond it. `rule` says of another status what it breaks.
   */
  async ask(
    ask: Ask,
    statuses: readonly number[] = [200],
    basis: Basis = this.#basis,
    rule?: string,
  ): Promise<Answer> {
    const { operation } = ask;
    if (!this.#plain && this.#findings.lost.has(operation) && statuses[0] === 200) {
      throw new Skip(`${operation.id} fails at its plainest request`);
    }
    const exchange = await this.world.ask(ask);
    return this.judge(operation, exchange, statuses, basis, rule);
  }

  /** Judges an answer that the case shares with others. */
  judge(
    operation: Operation,
    exchange: Exchange,
    statuses: readonly number[],
    basis: Basis = this.#basis,
    rule?: string,
  ): Answer {
    this.exchanges.push(exchange);
    const { answer } = exchange;
    if (!statuses.includes(429)) this.#skipIfThrottled(operation, answer);
    const broken = judge(operation, statuses, basis, answer);
    if (!statuses.includes(answer.status)) {
      if (this.#plain) this.#findings.lost.add(operation);
      this.#skipIfTold(statuses, answer.status);
      this.fail(broken.map((one) => ({ ...one, ...(rule === undefined ? {} : { rule }) })));
    }
    this.fail(broken.filter((one) => this.#isNew(operation, answer.status, one)));
    return answer;
  }

  /** The title of the first case that failed for one of these operations: what is found at random may be the same. */
  toldOf(operations: readonly Operation[]): string | undefined {
    const told = operations.find((operation) => this.#findings.told.has(operation));
    return told && `${told.id}: ${this.#findings.told.get(told)}`;
  }

  /** States a rule, and what came where it does not hold. */
  demand(holds: boolean, broken: Omit<Broken, 'basis'> & { basis?: Basis }): void {
    if (!holds) this.fail([{ basis: this.#basis, ...broken }]);
  }

  /** States what is wrong, unless it is nothing that this run counts. */
  fail(broken: readonly Broken[]): void {
    const { basis } = this.world.settings;
    const counted = broken.filter(({ basis: { kind } }) => basis === 'all' || kind === 'documented');
    if (counted.length > 0) throw new Breach(counted);
  }

  /** A 429 that comes this far says nothing of what was asked; at most that it is not well formed itself, which is told once. */
  #skipIfThrottled(operation: Operation, answer: Answer): void {
    if (answer.status !== 429 || !operation.responses.has(429)) return;
    const broken = judge(operation, [429], basisOfStatus(operation, 429), answer);
    this.fail(broken.filter((one) => this.#isNew(operation, 429, one)));
    throw new Skip('the server answers 429');
  }

  /** A server that refuses with a wrong status does so wherever it refuses for this reason: told once, like a missing header. */
  #skipIfTold(right: readonly number[], came: number): void {
    const refusal = right.find((status) => status >= 400);
    if (refusal === undefined || came < 400 || came >= 500) return;
    const key = `${refusal} ${came}`;
    if (!this.#isFirst(key)) {
      throw new Skip(`it is refused, with ${came} instead of ${refusal}, as an earlier case tells`);
    }
  }

  #isNew({ id }: Operation, status: number, { rule, at = '', expected }: Broken): boolean {
    // Headers and refusals are made in one place of a server, whatever was asked for.
    const place = status >= 400 || / header /.test(rule) ? [] : [id, status];
    const what = rule.replace(/\b\d{3}\b/g, '');
    const key = [...place, what, at.replace(/\/\d+(?=\/|$)/g, '/*'), expected].join(' ');
    return this.#isFirst(key);
  }

  #isFirst(key: string): boolean {
    const isFirst = !this.#findings.known.has(key);
    this.#findings.known.add(key);
    return isFirst;
  }
}
