"""Long work has a row that the page can poll, and always comes to an end that is told."""

import threading
from datetime import timedelta

import pytest

from schemas.codes import JobState, Role
from schemas.viewer import Viewer
from vetting import jobs
from vetting.refusals import NotFound, Refusal

OWNER = Viewer(role=Role.PARTNER, organisation="hope", actor="pia@example.org")


def submitted(store, work, now, actor=OWNER.actor):
    return jobs.submit(store, kind="import", subject="june.csv", actor=actor, work=work, now=now)


def test_work_reports_its_progress_and_its_result(store, now):
    half, go_on = threading.Event(), threading.Event()

    def work(progress):
        progress(1, 2, "Reading.")
        progress._noted = float("-inf")  # as if the time between two notes had passed
        progress(1, 2, "Checking.")
        half.set()
        assert go_on.wait(10)
        return {"batch": "b1"}

    job_id = submitted(store, work, now)
    assert half.wait(10)
    job = jobs.fetch_job(store.cursor(), OWNER, job_id)
    assert (job.state, job.done, job.total, job.message) == (JobState.RUNNING, 1, 2, "Checking.")
    go_on.set()
    jobs.wait_until_idle()
    job = jobs.fetch_job(store.cursor(), OWNER, job_id)
    assert (job.state, job.done, job.result, job.ended) == (JobState.DONE, 2, {"batch": "b1"}, True)
    assert job.created_at == now
    assert job.changed_at >= now


def test_a_refusal_is_told_word_for_word_and_a_fault_is_not_blamed_on_the_person(store, now):
    def refuse(progress):
        raise Refusal("Line 3 has no consent.")

    def break_down(progress):
        raise ZeroDivisionError

    refused, failed = submitted(store, refuse, now), submitted(store, break_down, now)
    jobs.wait_until_idle()
    assert jobs.fetch_job(store.cursor(), OWNER, refused).message == "Line 3 has no consent."
    assert jobs.fetch_job(store.cursor(), OWNER, refused).state is JobState.REFUSED
    assert jobs.fetch_job(store.cursor(), OWNER, failed).state is JobState.FAILED
    assert jobs.fetch_job(store.cursor(), OWNER, failed).message == jobs.BROKEN


def test_one_job_after_the_other(store, now):
    order = []
    for i in range(5):
        submitted(store, lambda progress, i=i: order.append(i) or {}, now + timedelta(seconds=i))
    jobs.wait_until_idle()
    assert order == [0, 1, 2, 3, 4]
    assert len(jobs.fetch_jobs(store.cursor(), OWNER)) == 5


def test_a_long_check_keeps_nobody_from_saving(store, now):
    saved = threading.Event()

    def check(progress):
        return {"waited": saved.wait(10)}

    checks = [
        jobs.submit(store, kind="check", subject="big.csv", actor="ann", work=check, now=now, lane=jobs.Lane.CHECKS)
        for _ in range(3)
    ]
    submitted(store, lambda progress: saved.set() or {}, now)
    jobs.wait_until_idle()
    ann = OWNER.model_copy(update={"actor": "ann"})
    assert [jobs.fetch_job(store.cursor(), ann, job_id).result for job_id in checks] == [{"waited": True}] * 3


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_what_a_stopped_server_left_behind_is_told_as_failed(store, now, state):
    values = {"job_id": "j1", "kind": "import", "actor": OWNER.actor, "subject": "june.csv", "now": now}
    store.cursor().execute(jobs.INSERT, values | {"message": "Checking."})
    store.cursor().execute(jobs.UPDATE, jobs_values(state, now))
    jobs.abandon_unfinished(store, now + timedelta(hours=1))
    job = jobs.fetch_job(store.cursor(), OWNER, "j1")
    assert (job.state, job.message, job.done) == (JobState.FAILED, jobs.STOPPED, 3)


def jobs_values(state, now):
    progress = {"state": state, "done": 3, "total": 9, "message": "Checking.", "result": None}
    return progress | {"job_id": "j1", "now": now}


def test_another_persons_work_is_not_found(store, now):
    job_id = submitted(store, lambda progress: {}, now)
    jobs.wait_until_idle()
    with pytest.raises(NotFound):
        jobs.fetch_job(store.cursor(), OWNER.model_copy(update={"actor": "eve@example.org"}), job_id)
    with pytest.raises(NotFound):
        jobs.fetch_job(store.cursor(), OWNER, "no-such-job")
    assert jobs.fetch_job(store.cursor(), Viewer(role=Role.ADMIN, actor="ada"), job_id).job_id == job_id
