import { Seats } from './seats.js';

describe('seats of live feeds', () => {
  it('are so many for one token, and for the process, and one that is left is free', () => {
    const seats = new Seats(2, 3);
    const leave = seats.take('ann');
    seats.take('ann');
    expect(() => seats.take('ann')).toThrow('has 2 live feeds open');
    seats.take('bob');
    expect(() => seats.take('cy')).toThrow('as many live feeds open as it may');
    leave();
    expect(() => seats.take('cy')).not.toThrow();
  });
});
