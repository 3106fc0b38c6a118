import { Seats } from './seats.js';

describe('seats of live feeds', () => {
  it('are limited per token and per process, and free again once left', () => {
    const seats = new Seats(2, 3);
    const leave = seats.take('ann');
    seats.take('ann');
    expect(() => seats.take('ann')).toThrow('has 2 live feeds open');
    seats.take('bob');
    expect(() => seats.take('cy')).toThrow('reached its limit of live feeds');
    leave();
    expect(() => seats.take('cy')).not.toThrow();
  });
});
