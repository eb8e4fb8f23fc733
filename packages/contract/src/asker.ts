/** How a run asks its target: with its credentials, as fast as it may, and again where it has to wait. */
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import { sender } from './request.ts';
import type { Settings } from './settings.ts';
import { patiently, politely } from './throttle.ts';
import type { World } from './world.ts';

export function createAsker(settings: Settings, credentials: Credentials, clock: Clock): World['ask'] {
  const send = sender(settings, credentials);
  return patiently(settings.polite ? politely(send, clock) : send, settings.patience, clock);
}
