/**
 * A mock of the connection-records API: Prism, in process, answering with the named examples of the contract.
 *
 * @module
 */
export { type Mock, type MockOptions, startMock } from './mock.ts';
