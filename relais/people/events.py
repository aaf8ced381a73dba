from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

PERSON_ARRIVED = Verb("person.arrived", _("entered the perimeter"))
PERSON_MOVED = Verb("person.moved", _("changed unit"))
PERSON_ADDRESS_CHANGED = Verb("person.address_changed", _("was given another address"))
PERSON_DEPARTED = Verb("person.departed", _("left the perimeter"))
PERSON_VISITED = Verb("person.visited", _("came by"))
PERSON_JOINED = Verb("person.joined", _("joined the community"))
PERSON_PAUSED = Verb("person.paused", _("took a pause"))
PERSON_RESUMED = Verb("person.resumed", _("came back from a pause"))
PERSON_LEFT = Verb("person.left", _("left the community"))
ROLE_GRANTED = Verb("role.granted", _("was given a role"))
ROLE_REVOKED = Verb("role.revoked", _("gave a role back"))
PERSON_INVITED = Verb("person.invited", _("was invited"))
PEOPLE_IMPORTED = Verb("people.imported", _("brought in people from a file"))
