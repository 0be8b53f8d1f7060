"""Work that follows a change is never lost, tried again with patience, and ends in the operator's sight."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from stadtplatz.kit import clock, jobs
from stadtplatz.kit.models import Heartbeat, Job
from stadtplatz.kit.worker import Worker, beat, last_seen

pytestmark = pytest.mark.django_db
done: list = []


@pytest.fixture(autouse=True)
def clean_slate():
    done.clear()


@jobs.job()
def sweep(street):
    done.append(street)


@jobs.job(max_attempts=2)
def stumble(who):
    raise RuntimeError(f"{who} <erika@example.org> stumbled")


@jobs.job()
def break_the_database():
    Heartbeat.objects.create(worker="same", seen_at=timezone.now())
    Heartbeat.objects.create(worker="same", seen_at=timezone.now())


@jobs.job()
def sweep_again_meanwhile(street):
    if not done:
        sweep_again_meanwhile.enqueue(street, key="sweep")
    done.append(street)


def make_due() -> None:
    Job.objects.filter(state=Job.WAITING).update(run_at=clock.now() - timedelta(seconds=1))


def claim() -> tuple[Worker, Job]:
    worker = Worker()
    return worker, worker._claim()


def test_a_job_runs_once_and_leaves_nothing_behind():
    sweep.enqueue("Marktplatz")
    assert jobs.run_all() == 1
    assert jobs.run_all() == 0
    assert done == ["Marktplatz"]
    assert not Job.objects.exists()


def test_a_job_of_a_change_that_failed_does_not_exist():
    with transaction.atomic():
        sweep.enqueue("Marktplatz")
        transaction.set_rollback(True)
    assert jobs.run_all() == 0


def test_jobs_wait_for_their_time_and_keep_their_order():
    sweep.enqueue("next week", at=clock.now() + timedelta(days=7))
    sweep.enqueue("second")
    sweep.enqueue("first", at=clock.now() - timedelta(hours=1))
    jobs.run_all()
    assert done == ["first", "second"]


def test_many_jobs_are_written_down_at_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        jobs.enqueue_all([sweep.row(street) for street in range(50)])
    jobs.run_all()
    assert done == list(range(50))


def test_a_key_waits_once():
    sweep.enqueue("kept", key="sweep")
    sweep.enqueue("left out", key="sweep")
    assert jobs.run_all() == 1
    assert done == ["kept"]


def test_a_waiting_job_is_taken_back_by_its_key():
    sweep.enqueue("a", key="sweep")
    assert jobs.withdraw("sweep")
    assert not jobs.withdraw("sweep")
    assert jobs.run_all() == 0


def test_a_key_asked_for_while_its_job_runs_is_not_lost_and_waits_behind_it():
    sweep_again_meanwhile.enqueue("Marktplatz", key="sweep")
    assert jobs.run_all() == 2
    assert len(done) == 2


def test_jobs_of_one_key_never_run_side_by_side():
    sweep.enqueue("a", key="sweep")
    claim()
    sweep.enqueue("b", key="sweep")
    sweep.enqueue("c", key="other")
    assert jobs.run_all() == 1
    assert done == ["c"]


def test_a_failing_job_backs_off_then_dies_and_can_be_replayed_or_discarded():
    stumble.enqueue("Anna")
    jobs.run_all()
    row = Job.objects.get()
    assert (row.state, row.attempts) == (Job.WAITING, 1)
    assert timedelta(seconds=5) < row.run_at - clock.now() <= timedelta(seconds=10)
    make_due()
    jobs.run_all()
    [row] = jobs.dead()
    assert "RuntimeError" in row.error
    assert "erika@example.org" not in row.error
    assert jobs.replay(row.pk)
    assert not jobs.replay(row.pk)
    assert (Job.objects.get().state, Job.objects.get().attempts) == (Job.WAITING, 0)
    for _ in range(2):
        make_due()
        jobs.run_all()
    assert jobs.discard(row.pk)
    assert not jobs.discard(row.pk)
    assert jobs.dead() == []


def test_the_pause_between_attempts_doubles_up_to_six_hours():
    worker, pauses = Worker(), []
    row = Job.objects.create(name="kit.tests.test_jobs.sweep", run_at=clock.now(), max_attempts=99)
    for attempt in (1, 2, 3, 10, 11, 12, 90):
        Job.objects.filter(pk=row.pk).update(state=Job.LEASED, attempts=attempt, lease_until=timezone.now())
        row.refresh_from_db()
        worker._put_back(row, "")
        row.refresh_from_db()
        pauses.append(round((row.run_at - clock.now()).total_seconds()))
    assert pauses == [10, 20, 40, 5120, 10240, 20480, 21600]


def test_a_job_of_an_unknown_name_is_a_dead_letter():
    Job.objects.create(name="kit.tests.gone", run_at=clock.now(), args=[1])
    assert jobs.run_all() == 1
    assert [row.name for row in jobs.dead()] == ["kit.tests.gone"]


def test_a_replayed_job_gives_way_to_one_of_its_key_that_waits():
    stumble.enqueue("Anna", key="k")
    for _ in range(2):
        make_due()
        jobs.run_all()
    [row] = jobs.dead()
    sweep.enqueue("b", key="k")
    assert jobs.replay(row.pk)
    assert [left.name for left in Job.objects.all()] == [sweep.name]


def test_a_failing_job_of_a_key_gives_way_to_the_one_that_waits():
    stumble.enqueue("Anna", key="k")
    worker, row = claim()
    sweep.enqueue("b", key="k")
    worker._attempt(row)
    assert [left.name for left in Job.objects.all()] == [sweep.name]


def test_a_lost_worker_costs_a_lease_and_not_the_job():
    sweep.enqueue("Marktplatz")
    lost_worker, row = claim()
    assert jobs.run_all() == 0
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert Worker().recover() == 1
    make_due()
    assert jobs.run_all() == 1
    lost_worker._succeeded(row)  # it comes back from the dead and must not disturb anything
    assert done == ["Marktplatz"]


def test_a_worker_that_lost_its_lease_does_not_end_the_others_attempt():
    sweep.enqueue("Marktplatz")
    slow, first = claim()
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    Worker().recover()
    make_due()
    claim()
    slow._succeeded(first)
    slow._failed(first, RuntimeError("late"))
    assert Job.objects.get().state == Job.LEASED


def test_a_job_that_takes_its_worker_along_every_time_dies_in_the_end():
    stumble.enqueue("Anna")
    for _ in range(2):
        make_due()
        claim()
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        Worker().recover()
    assert [row.attempts for row in jobs.dead()] == [2]


def test_a_job_that_breaks_its_transaction_breaks_nothing_else():
    break_the_database.enqueue()
    sweep.enqueue("after")
    jobs.run_all()
    assert done == ["after"]
    assert not Heartbeat.objects.exists()


class TestTimers:
    @pytest.fixture(autouse=True)
    def one_timer(self, monkeypatch):
        monkeypatch.setattr(jobs, "TIMERS", {sweep.name: timedelta(hours=1), stumble.name: timedelta(minutes=5)})
        monkeypatch.setitem(jobs.REGISTRY, stumble.name, jobs.REGISTRY[stumble.name])

    def timer(self, name: str = "sweep") -> Job:
        return Job.objects.get(key=f"timer:kit.tests.test_jobs.{name}")

    def start(self) -> None:
        Worker().start_timers()

    def test_each_timer_has_one_row_whatever_the_number_of_workers(self):
        self.start()
        self.start()
        assert Job.objects.count() == 2

    def test_a_timer_writes_down_its_next_run(self):
        self.start()
        Job.objects.update(args=["x"])
        make_due()
        jobs.run_all()
        assert done == ["x"]
        assert timedelta(minutes=59) < self.timer().run_at - clock.now() <= timedelta(hours=1)

    def test_a_failing_timer_goes_on_for_ever(self):
        self.start()
        for _ in range(5):
            make_due()
            jobs.run_all()
        assert self.timer("stumble").attempts == 5
        assert self.timer("stumble").run_at <= clock.now() + timedelta(minutes=5)
        assert jobs.dead() == []

    def test_a_clock_set_back_does_not_stop_the_timers(self):
        self.start()
        Job.objects.update(run_at=clock.now() + timedelta(days=30))
        self.start()
        assert self.timer().run_at <= clock.now() + timedelta(hours=1)

    def test_a_timer_that_is_no_more_goes(self, monkeypatch):
        self.start()
        monkeypatch.setattr(jobs, "TIMERS", {})
        self.start()
        assert not Job.objects.exists()


def test_a_moved_demo_clock_makes_jobs_due_and_no_lease_run_out(settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    sweep.enqueue("running")
    claim()
    sweep.enqueue("tomorrow", at=clock.now() + timedelta(hours=20))
    clock.move(timedelta(days=1))
    assert Worker().recover() == 0
    assert jobs.run_all() == 1
    assert done == ["tomorrow"]


def test_the_command_does_what_is_due_once(capsys):
    sweep.enqueue("Marktplatz")
    call_command("worker", "--once")
    assert capsys.readouterr().out == "1 attempts\n"


def test_looking_for_work_is_one_plain_read(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not Worker().run_next()


def test_a_worker_leaves_a_sign_of_life():
    assert last_seen() is None
    beat("house:1")
    beat("house:1")
    assert Heartbeat.objects.count() == 1
    assert timezone.now() - last_seen() < timedelta(seconds=5)
