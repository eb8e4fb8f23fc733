/** How a run asks its target: with its credentials, as fast as it may, and again where it has to wait. */
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import { type Redactor, redactor } from './redact.ts';
import { sender } from './request.ts';
import type { Settings } from './settings.ts';
import { patiently, politely } from './throttle.ts';
import type { World } from './world.ts';

/** Gives a function that asks. What it sends and nobody may see is told to `redact`. */
export function createAsker(
  settings: Settings,
  credentials: Credentials,
  clock: Clock,
  redact: Redactor = redactor(credentials),
): World['ask'] {
  const send = sender(settings, credentials, redact);
  return patiently(settings.polite ? politely(send, clock) : send, settings.patience, clock);
}
