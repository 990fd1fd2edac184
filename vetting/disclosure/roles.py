"""Who may call this? Every read behind a page and every act asks here first."""

from schemas.codes import Role
from schemas.viewer import Viewer
from vetting.refusals import NotPermitted

PEOPLE = {
    Role.PUBLIC: "everybody",
    Role.BUYER: "brand buyers",
    Role.PARTNER: "partners",
    Role.REVIEWER: "reviewers",
    Role.ADMIN: "administrators",
}


def require(viewer: Viewer, *roles: Role) -> None:
    """Refuse politely unless the viewer has one of `roles`. Without roles: unless signed in."""
    if viewer.role in (roles or tuple(role for role in Role if role is not Role.PUBLIC)):
        return
    readers = _listed([PEOPLE[role] for role in roles]) if roles else "people who have signed in"
    remedy = (
        "Sign in with an account that has that role."
        if viewer.role is Role.PUBLIC
        else "You are signed in as one of the " + PEOPLE[viewer.role] + "; ask an administrator if that is wrong."
    )
    raise NotPermitted(f"This is for {readers}. {remedy}")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
