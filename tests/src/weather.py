# Weather on a cable: carries frames between two interfaces, some late, some not at all, for as long as its standard
# input is open. Then it says how many it was given and how many it lost, both ways.
#
# Given: each interface with what becomes of what comes from it (the chances that a run of losses begins and that it
# ends, seconds of delay, bytes a second or 0), and the seed of its dice.
import heapq, random, select, socket, sys, time

MOST_WAITING = 1000
OUTGOING = 4  # linux/if_packet.h


class Way:
    def __init__(self, name, begins, ends, delay, rate):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.socket.bind((name, 0))
        self.begins, self.ends, self.delay, self.rate = begins, ends, delay, rate
        self.losing, self.free, self.waiting = False, 0.0, []
        self.given = self.lost = 0

    def take(self, now):
        frame, (_, _, kind, _, _) = self.socket.recvfrom(65536)
        if kind == OUTGOING:
            return
        self.given += 1
        self.losing = DICE.random() >= self.ends if self.losing else DICE.random() < self.begins
        if self.losing or len(self.waiting) >= MOST_WAITING:
            self.lost += 1
            return
        self.free = max(self.free, now) + (len(frame) / self.rate if self.rate else 0)
        heapq.heappush(self.waiting, (self.free + self.delay, self.given, plain(frame)))

    def pass_on(self, other, now):
        while self.waiting and self.waiting[0][0] <= now:
            try:
                other.socket.send(heapq.heappop(self.waiting)[2])
            except OSError:  # the cable is pulled
                self.lost += 1


def plain(frame):
    # An interface that is no real one leaves the checksum of UDP to be made later, which here is never. Over IPv4 it
    # may be left out.
    if frame[12:14] == b"\x08\x00" and frame[23] == 17 and not (frame[20] & 0x1F or frame[21]):
        at = 14 + (frame[14] & 15) * 4 + 6
        return frame[:at] + b"\0\0" + frame[at + 2 :]
    return frame


def way(words):
    return Way(words[0], *map(float, words[1:]))


here, there, DICE = way(sys.argv[1:6]), way(sys.argv[6:11]), random.Random(sys.argv[11])
print("open", flush=True)
while True:
    now = time.monotonic()
    next_one = min((one.waiting[0][0] for one in (here, there) if one.waiting), default=now + 60)
    ready, _, _ = select.select([sys.stdin, here.socket, there.socket], [], [], max(0, next_one - now))
    if sys.stdin in ready:
        break
    for one, other in ((here, there), (there, here)):
        if one.socket in ready:
            try:
                one.take(time.monotonic())
            except OSError:  # the cable is pulled
                pass
        one.pass_on(other, time.monotonic())
print(here.given, here.lost, there.given, there.lost)
